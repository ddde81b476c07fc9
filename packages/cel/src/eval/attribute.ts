import { isArray } from '@plumbline/core';
import { DYN } from '../types/type.ts';
import { CelError } from '../value/cel-error.ts';
import { JsonMap, ownMember } from '../value/json.ts';
import { NONE, Optional } from '../value/optional.ts';
import type { Result, Value } from '../value/value.ts';
import type { Context } from './context.ts';
import type { AttributePlan, Qualifier, Step } from './plan.ts';
import { FieldQualifier } from './qualify.ts';

/** An attribute over a base that costs nothing itself (a variable) or counts its own cost (a step). */
export function attribute(base: Step, qualifiers: readonly Qualifier[] = []): AttributePlan {
  const resolve = resolution(base, qualifiers);
  return {
    kind: 'attribute',
    resolve,
    run: (context) => {
      const result = resolve(context);
      context.charge(1);
      return result;
    },
    select: (qualifier) => attribute(base, [...qualifiers, qualifier]),
  };
}

/** `c ? a : b`: has no cost of its own; a selection is made in the branch that is taken. */
export function conditional(condition: Step, truthy: AttributePlan, falsy: AttributePlan): AttributePlan {
  const [then, otherwise] = [truthy.resolve, falsy.resolve];
  const run: Step = (context) => {
    const holds = condition(context);
    if (holds === true) return then(context);
    if (holds === false) return otherwise(context);
    return holds instanceof CelError ? holds : new CelError('no such overload');
  };
  return {
    kind: 'attribute',
    resolve: run,
    run,
    select: (qualifier) => conditional(condition, truthy.select(qualifier), falsy.select(qualifier)),
  };
}

/** `has(a.b)`: the last selection tests for presence. The server gives back the cost of the step. */
export function presence(operand: AttributePlan, field: FieldQualifier): AttributePlan {
  const tested = operand.select(new PresenceQualifier(field));
  const resolve: Step = (context) => {
    const result = tested.resolve(context);
    // After an optional selection, presence is whether there is a value.
    return result instanceof Optional ? result.value !== undefined : result;
  };
  return { ...tested, resolve, run: resolve };
}

class PresenceQualifier implements Qualifier {
  readonly node: number;
  readonly isOptional = false;
  private readonly field: FieldQualifier;

  constructor(field: FieldQualifier) {
    this.field = field;
    this.node = field.node;
  }

  apply(context: Context, from: Value): Result {
    context.charge(1);
    return this.field.isIn(from);
  }

  find(context: Context, from: Value): Result | undefined {
    const isPresent = this.field.isIn(from);
    if (isPresent === false) return undefined;
    context.charge(1);
    return isPresent;
  }
}

function resolution(base: Step, qualifiers: readonly Qualifier[]): Step {
  const [first, second] = qualifiers;
  if (first === undefined) return base;
  if (qualifiers.some(({ isOptional }) => isOptional)) return (context) => resolveAll(context, base(context), qualifiers);
  const names = qualifiers.map((qualifier) => (qualifier instanceof FieldQualifier ? qualifier.name : undefined));
  if (second !== undefined && !names.includes(undefined)) return walk(base, qualifiers);
  if (second === undefined)
    return (context) => {
      const from = base(context);
      if (from instanceof CelError) return from;
      if (from instanceof Optional) return resolveAll(context, from, qualifiers);
      return first.apply(context, from);
    };
  return (context) => {
    let at = base(context);
    if (at instanceof Optional) return resolveAll(context, at, qualifiers);
    for (const qualifier of qualifiers) {
      if (at instanceof CelError) return at;
      at = qualifier.apply(context, at);
    }
    return at;
  };
}

/** `a.b.c` of JSON of which nothing is declared: the objects between need not become values. */
function walk(base: Step, qualifiers: readonly Qualifier[]): Step {
  const names = qualifiers.map((qualifier) => (qualifier instanceof FieldQualifier ? qualifier.name : ''));
  const last = names.length - 1;
  return (context) => {
    let at = base(context);
    let index = 0;
    if (at instanceof JsonMap && at.isDynamic) {
      let { json } = at;
      for (; index < last; index++) {
        const inner = ownMember(json, names[index] ?? '');
        if (typeof inner !== 'object' || inner === null || isArray(inner)) break;
        context.charge(1);
        json = inner;
      }
      if (index > 0) at = new JsonMap(json, DYN, false);
    }
    if (at instanceof Optional) return resolveAll(context, at, qualifiers);
    for (; index <= last; index++) {
      if (at instanceof CelError) return at;
      at = qualifiers[index]?.apply(context, at) ?? null;
    }
    return at;
  };
}

/** Selections of which one is optional: from there on what is missing is `optional.none()`. */
function resolveAll(context: Context, base: Result, qualifiers: readonly Qualifier[]): Result {
  if (base instanceof CelError) return base;
  let isOptional = base instanceof Optional;
  let at: Result = base;
  if (base instanceof Optional) {
    if (base.value === undefined) return base;
    at = base.value;
  }
  for (const qualifier of qualifiers) {
    if (at instanceof CelError) return at;
    isOptional ||= qualifier.isOptional;
    if (!isOptional) {
      at = qualifier.apply(context, at);
      continue;
    }
    const found: Result | undefined = qualifier.find(context, at);
    if (found === undefined) return NONE;
    at = found;
  }
  if (at instanceof CelError) return at;
  return isOptional ? new Optional(at) : at;
}

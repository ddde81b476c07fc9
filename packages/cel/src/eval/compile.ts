import type { Checked, Reference } from '../check/checked.ts';
import type { FunctionDeclaration } from '../library/function.ts';
import type { Expr, Ident, Select } from '../syntax/ast.ts';
import { type CelType, DYN } from '../types/type.ts';
import { CelError } from '../value/cel-error.ts';
import { runtimeName, TypeValue } from '../value/type-value.ts';
import type { Result } from '../value/value.ts';
import { attribute, conditional, presence } from './attribute.ts';
import { call } from './call.ts';
import { listOf, mapOf, structOf } from './construct.ts';
import type { Context, Services } from './context.ts';
import { fold } from './fold.ts';
import { type AttributePlan, constant, type Plan, PlanProblem, type Step, step } from './plan.ts';
import { FieldQualifier, IndexQualifier, keyOf } from './qualify.ts';

/** A variable of the environment that a program reads, and its place among the values of an evaluation. */
export interface UsedVariable {
  readonly name: string;
  readonly slot: number;
}

export interface Compiled {
  readonly run: Step;
  readonly variables: readonly UsedVariable[];
  readonly slotCount: number;
}

/** Told the value of each node as it is found, for explanations. */
export type Observer = (context: Context, node: number, result: Result) => void;

/** Turns a checked expression into closures that count costs as the server counts them. */
export function compile(
  checked: Checked,
  functions: ReadonlyMap<string, FunctionDeclaration>,
  services: Services,
  observer?: Observer,
): Compiled {
  const compiler = new Compiler(checked, functions, services, observer);
  const { run } = compiler.plan(checked.expr);
  return { run, variables: compiler.variables, slotCount: compiler.slotCount };
}

export class Compiler {
  readonly variables: UsedVariable[] = [];
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
  readonly services: Services;
  slotCount = 0;
  private readonly checked: Checked;
  private readonly observer: Observer | undefined;
  private readonly scopes: Map<string, Step>[] = [];
  private readonly globals = new Map<string, Step>();

  constructor(checked: Checked, functions: ReadonlyMap<string, FunctionDeclaration>, services: Services, observer: Observer | undefined) {
    this.checked = checked;
    this.functions = functions;
    this.services = services;
    this.observer = observer;
  }

  /** Whether somebody is told of each value: then nothing may be taken from an evaluation before. */
  get isObserved(): boolean {
    return this.observer !== undefined;
  }

  typeOf(expr: Expr): CelType {
    return this.checked.types.get(expr.id) ?? DYN;
  }

  reference(expr: Expr): Reference | undefined {
    return this.checked.references.get(expr.id);
  }

  slot(): number {
    this.slotCount += 1;
    return this.slotCount - 1;
  }

  /** Makes names known while `within` compiles. */
  scope<T>(names: readonly (readonly [string, Step])[], within: () => T): T {
    this.scopes.push(new Map(names));
    const result = within();
    this.scopes.pop();
    return result;
  }

  plan(expr: Expr): Plan {
    const plan = this.unobserved(expr);
    return this.observer === undefined || plan.kind === 'constant' ? plan : observed(plan, expr.id, this.observer);
  }

  private unobserved(expr: Expr): Plan {
    switch (expr.kind) {
      case 'literal':
        return constant(expr.value);
      case 'ident':
        return this.name(expr);
      case 'select':
        return this.select(expr);
      case 'call':
        return call(this, expr);
      case 'list':
        return listOf(this, expr);
      case 'map':
        return mapOf(this, expr);
      case 'struct':
        return structOf(this, expr);
      case 'comprehension':
        return fold(this, expr);
    }
  }

  private name(expr: Ident | Select): Plan {
    const reference = this.reference(expr);
    if (reference?.kind === 'type') return constant(new TypeValue(runtimeName(reference.type)));
    if (reference?.kind !== 'variable') return step(() => new CelError(`no such attribute(s): ${expr.id}`));
    return attribute(reference.isLocal ? this.local(reference.name) : this.global(reference.name));
  }

  private local(name: string): Step {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const read = this.scopes[index]?.get(name);
      if (read !== undefined) return read;
    }
    return this.global(name);
  }

  private global(name: string): Step {
    let read = this.globals.get(name);
    if (read === undefined) {
      const slot = this.slot();
      this.variables.push({ name, slot });
      read = (context) => context.slots[slot] ?? unbound(context, slot, name);
      this.globals.set(name, read);
    }
    return read;
  }

  private select(expr: Select): Plan {
    if (this.reference(expr)?.kind === 'variable' || this.reference(expr)?.kind === 'type') return this.name(expr);
    const operand = this.attributeOf(expr.operand);
    const qualifier = new FieldQualifier(expr.id, expr.field, false);
    return expr.isTest ? presence(operand, qualifier) : operand.select(qualifier);
  }

  /** `a[i]`, `a[?i]`, `a.?b`. */
  index(expr: Expr, operand: Expr, index: Expr, isOptional: boolean): Plan {
    const base = this.attributeOf(operand);
    const plan = this.plan(index);
    if (plan.kind === 'constant') {
      if (typeof plan.value === 'string') return base.select(new FieldQualifier(expr.id, plan.value, isOptional));
      const key = keyOf(plan.value);
      if (key instanceof CelError) throw new PlanProblem(key.message);
    }
    return base.select(new IndexQualifier(expr.id, plan.kind === 'attribute' ? plan.resolve : plan.run, isOptional));
  }

  condition(condition: Expr, truthy: Expr, falsy: Expr): Plan {
    const branch = (expr: Expr): AttributePlan => {
      const plan = this.plan(expr);
      return plan.kind === 'attribute' ? plan : attribute(plan.run);
    };
    return conditional(this.plan(condition).run, branch(truthy), branch(falsy));
  }

  private attributeOf(expr: Expr): AttributePlan {
    const plan = this.plan(expr);
    return plan.kind === 'attribute' ? plan : attribute(plan.run);
  }
}

function unbound(context: Context, slot: number, name: string): Result {
  const value = context.slots[slot];
  return value === undefined ? new CelError(`no such attribute(s): ${name}`) : value;
}

function observed(plan: AttributePlan | Exclude<Plan, { kind: 'constant' }>, node: number, observer: Observer): Plan {
  const watch =
    (run: Step): Step =>
    (context) => {
      const result = run(context);
      observer(context, node, result);
      return result;
    };
  if (plan.kind !== 'attribute') return step(watch(plan.run));
  return {
    kind: 'attribute',
    run: watch(plan.run),
    resolve: watch(plan.resolve),
    // What is selected from starts over from the watched value: the cost is the same.
    select: (qualifier) => attribute(watch(plan.resolve), [qualifier]),
  };
}

import type { Reference } from '../check/checked.ts';
import { LIST_CREATION, MAP_CREATION, STRUCT_CREATION } from '../cost/runtime-cost.ts';
import { construct } from '../library/constructed.ts';
import type { ListExpr, MapExpr, StructExpr } from '../syntax/ast.ts';
import { CelError } from '../value/cel-error.ts';
import { formatValue } from '../value/format-value.ts';
import { ArrayList } from '../value/list.ts';
import { EntryMap } from '../value/map.ts';
import { Optional } from '../value/optional.ts';
import type { Result, Value } from '../value/value.ts';
import type { Compiler } from './compile.ts';
import { constant, type Plan, type Step, step } from './plan.ts';

export function listOf(compiler: Compiler, expr: ListExpr): Plan {
  const plans = expr.items.map((item) => compiler.plan(item));
  const { optionals, id } = expr;
  if (optionals.size === 0 && plans.every(({ kind }) => kind === 'constant'))
    return constant(new ArrayList(plans.map((plan) => (plan.kind === 'constant' ? plan.value : null))));
  const steps = plans.map(({ run }) => run);
  return step((context) => {
    const items: Value[] = [];
    for (let index = 0; index < steps.length; index++) {
      let item = steps[index]?.(context) ?? null;
      if (item instanceof CelError) return charge(context, LIST_CREATION, item);
      if (optionals.has(index)) {
        if (!(item instanceof Optional))
          return charge(context, LIST_CREATION, notOptional(id, `list element from non-optional value ${formatValue(item)}`));
        if (item.value === undefined) continue;
        item = item.value;
      }
      items.push(item);
    }
    return charge(context, LIST_CREATION, new ArrayList(items));
  });
}

function charge(context: Parameters<Step>[0], cost: number, result: Result): Result {
  context.charge(cost);
  return result;
}

function notOptional(node: number, what: string): CelError {
  const error = new CelError(`cannot initialize optional ${what}`);
  error.node = node;
  return error;
}

export function mapOf(compiler: Compiler, expr: MapExpr): Plan {
  const entries = expr.entries.map(({ key, value, isOptional }) => ({ key: compiler.plan(key), value: compiler.plan(value), isOptional }));
  const steps = entries.map(({ key, value, isOptional }) => ({ key: key.run, value: value.run, isOptional }));
  const run = (context: Parameters<Step>[0]): Result => {
    const map = new EntryMap();
    for (const entry of steps) {
      const key = entry.key(context);
      if (key instanceof CelError) return key;
      let value = entry.value(context);
      if (value instanceof CelError) return value;
      if (entry.isOptional) {
        if (!(value instanceof Optional))
          return notOptional(expr.id, `entry '${formatValue(key)}' from non-optional value ${formatValue(value)}`);
        if (value.value === undefined) {
          map.delete(key);
          continue;
        }
        value = value.value;
      }
      map.set(key, value);
    }
    return map;
  };
  if (entries.every(({ key, value, isOptional }) => key.kind === 'constant' && value.kind === 'constant' && !isOptional)) {
    const map = EntryMap.of(
      entries.map(({ key, value }) => [key.kind === 'constant' ? key.value : null, value.kind === 'constant' ? value.value : null]),
    );
    if (!(map instanceof CelError)) return constant(map);
  }
  return step((context) => charge(context, MAP_CREATION, run(context)));
}

export function structOf(compiler: Compiler, expr: StructExpr): Plan {
  const fields = expr.fields.map(({ name, value, isOptional }) => ({ name, run: compiler.plan(value).run, isOptional }));
  const create = creator(compiler.reference(expr), expr.name.replace(/^\./, ''));
  return step((context) => {
    const values = new Map<string, Value>();
    for (const field of fields) {
      let value = field.run(context);
      if (value instanceof CelError) return charge(context, STRUCT_CREATION, value);
      if (field.isOptional) {
        if (!(value instanceof Optional))
          return charge(
            context,
            STRUCT_CREATION,
            notOptional(expr.id, `entry '${field.name}' from non-optional value ${formatValue(value)}`),
          );
        if (value.value === undefined) {
          values.delete(field.name);
          continue;
        }
        value = value.value;
      }
      values.set(field.name, value);
    }
    const result = create(values);
    if (result instanceof CelError) result.node ??= expr.id;
    return charge(context, STRUCT_CREATION, result);
  });
}

function creator(reference: Reference | undefined, name: string): (fields: ReadonlyMap<string, Value>) => Result {
  if (reference?.kind !== 'type') return () => new CelError(`unknown type: ${name}`);
  const { type } = reference;
  return (fields) => construct(type, name, fields);
}

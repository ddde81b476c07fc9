import type { CostEstimate } from '../api.ts';
import type { Checked } from '../check/checked.ts';
import type { Declarations } from '../check/declarations.ts';
import type { Call, Comprehension, Expr, ListExpr, MapExpr, Select } from '../syntax/ast.ts';
import { type CelType, DYN, isOptional } from '../types/type.ts';
import { Bytes } from '../value/bytes.ts';
import { characters } from '../value/size.ts';
import type { EstimatedCall, EstimatedCost, EstimatedNode } from './estimated-call.ts';
import { fixed, type Interval, MOST, ONE, plus, times, UNKNOWN, union, ZERO } from './interval.ts';
import { libraryEstimate } from './library-estimates.ts';
import { LIST_CREATION, MAP_CREATION, STRUCT_CREATION } from './runtime-cost.ts';
import { standardEstimate } from './standard-estimates.ts';

/** What an expression may cost, from the sizes that the variables' types declare: cel-go's estimate with Kubernetes' figures. */
export function estimateCost(checked: Checked, declarations: Declarations): CostEstimate {
  return new Estimator(checked, declarations).cost(checked.expr);
}

/** The declared type at the place that an expression leads to; `nowhere` where it leads out of what is declared. */
type Place = CelType | 'nowhere';

interface EntrySize {
  readonly container: 'list' | 'map';
  readonly key: Interval;
  readonly value: Interval;
}

interface Local {
  readonly place: Place | undefined;
  readonly size: Interval | undefined;
  readonly entry: EntrySize | undefined;
}

class Estimator {
  private readonly checked: Checked;
  private readonly declarations: Declarations;
  private readonly locals = new Map<string, Local[]>();
  private readonly places = new Map<number, Place>();
  private readonly sizes = new Map<number, Interval>();
  private readonly entries = new Map<number, EntrySize>();

  constructor(checked: Checked, declarations: Declarations) {
    this.checked = checked;
    this.declarations = declarations;
  }

  cost(expr: Expr): Interval {
    switch (expr.kind) {
      case 'literal':
        return ZERO;
      case 'ident': {
        const place = this.local(expr.name) === undefined ? this.rootOf(expr.name) : this.local(expr.name)?.place;
        if (place !== undefined) this.places.set(expr.id, place);
        return ONE;
      }
      case 'select':
        return this.select(expr);
      case 'call':
        return this.call(expr);
      case 'list':
        return this.list(expr);
      case 'map':
        return this.map(expr);
      case 'struct':
        return plus(...expr.fields.map(({ value }) => this.cost(value)), fixed(STRUCT_CREATION));
      case 'comprehension':
        return isBinding(expr) ? this.binding(expr) : this.fold(expr);
    }
  }

  private local(name: string): Local | undefined {
    return this.locals.get(name)?.at(-1);
  }

  private push(name: string, local: Local): void {
    const stack = this.locals.get(name) ?? [];
    stack.push(local);
    this.locals.set(name, stack);
  }

  private pop(name: string): void {
    this.locals.get(name)?.pop();
  }

  /** The server sizes every variable of a rule as `self`: `oldSelf` is of its type. */
  private rootOf(name: string): Place {
    const { variables } = this.declarations;
    return variables.get('self') ?? variables.get(name.replace(/^\./, '')) ?? 'nowhere';
  }

  /** A selection of what has no place of its own; the server takes it for `self`, too. */
  private get strayPlace(): Place {
    return this.declarations.variables.get('self') ?? 'nowhere';
  }

  private typeOf(expr: Expr): CelType {
    return this.checked.types.get(expr.id) ?? DYN;
  }

  private placeOf(expr: Expr): Place | undefined {
    const local = expr.kind === 'ident' ? this.local(expr.name) : undefined;
    return local === undefined ? this.places.get(expr.id) : local.place;
  }

  private select(expr: Select): Interval {
    const reference = this.checked.references.get(expr.id);
    // A name in full is one step.
    if (reference?.kind === 'variable' || reference?.kind === 'type') {
      this.places.set(expr.id, this.rootOf(reference.kind === 'variable' ? reference.name : ''));
      return ONE;
    }
    const operand = this.cost(expr.operand);
    // A test for presence has no cost of its own.
    if (expr.isTest) return operand;
    const place = this.placeOf(expr.operand);
    this.places.set(expr.id, place === undefined ? this.strayPlace : fieldOf(place, expr.field));
    const { kind } = this.typeOf(expr.operand);
    return kind === 'map' || kind === 'object' || kind === 'parameter' ? plus(operand, ONE) : operand;
  }

  private call(expr: Call): Interval {
    const [first] = expr.args;
    if (expr.name === 'dyn' && expr.target === undefined && first !== undefined) {
      const cost = plus(ONE, this.cost(first));
      this.copySizes(expr, first);
      return cost;
    }
    const costs = expr.args.map((arg) => this.cost(arg));
    const args = expr.args.map((arg) => this.node(arg));
    const reference = this.checked.references.get(expr.id);
    if (reference?.kind !== 'function') return ZERO;
    const targetNode = reference.hasTarget ? expr.target : undefined;
    const targetCost = targetNode === undefined ? ZERO : this.cost(targetNode);
    const target = targetNode === undefined ? undefined : this.node(targetNode);
    let total: Interval = { min: MOST, max: 0 };
    let resultSize: Interval | undefined;
    for (const { id } of reference.overloads) {
      const estimated = this.overload(expr, reference.name, { overload: id, target, args }, costs);
      total = union(total, estimated.cost);
      if (estimated.resultSize !== undefined)
        resultSize = resultSize === undefined ? estimated.resultSize : union(resultSize, estimated.resultSize);
      if (first !== undefined && (id === 'index_list' || id === 'index_map')) {
        resultSize = this.entryOf(first)?.value;
        const place = this.placeOf(first);
        this.places.set(expr.id, place === undefined ? this.strayPlace : elementOf(place));
      }
      resultSize ??= this.sizeOf(expr);
    }
    if (resultSize !== undefined) this.sizes.set(expr.id, resultSize);
    return plus(targetCost, total);
  }

  private overload(expr: Call, name: string, call: EstimatedCall, costs: readonly Interval[]): EstimatedCost {
    const [a = ZERO, b = ZERO, c = ZERO] = costs;
    const [first, second, third] = expr.args;
    if (call.overload === 'logical_and' || call.overload === 'logical_or') return { cost: { min: a.min, max: plus(a, b).max } };
    if (call.overload === 'conditional' && second !== undefined && third !== undefined) {
      this.setEntry(expr, unionOf(this.entryOf(second), this.entryOf(third)));
      return { cost: plus(a, union(b, c)), resultSize: union(this.sizeOf(second) ?? UNKNOWN, this.sizeOf(third) ?? UNKNOWN) };
    }
    const own = libraryEstimate(name, call);
    if (own !== undefined) return { cost: plus(own.cost, ...costs), resultSize: own.resultSize };
    if (/^add_(?:string|bytes|list)$/.test(call.overload) && first !== undefined && second !== undefined)
      this.setEntry(expr, unionOf(this.entryOf(first), this.entryOf(second)));
    const standard = standardEstimate(call);
    return { cost: plus(standard?.cost ?? ONE, ...costs), resultSize: standard?.resultSize };
  }

  private list(expr: ListExpr): Interval {
    let cost = fixed(LIST_CREATION);
    let size: Interval = { min: expr.items.length === 0 ? 0 : MOST, max: 0 };
    for (const item of expr.items) {
      cost = plus(cost, this.cost(item));
      size = union(size, this.sizeOf(item) ?? UNKNOWN);
    }
    this.entries.set(expr.id, { container: 'list', key: ONE, value: size });
    return cost;
  }

  private map(expr: MapExpr): Interval {
    let cost = fixed(MAP_CREATION);
    const none: Interval = { min: expr.entries.length === 0 ? 0 : MOST, max: 0 };
    let [key, value] = [none, none];
    for (const entry of expr.entries) {
      cost = plus(cost, this.cost(entry.key), this.cost(entry.value));
      key = union(key, this.sizeOf(entry.key) ?? UNKNOWN);
      value = union(value, this.sizeOf(entry.value) ?? UNKNOWN);
    }
    this.entries.set(expr.id, { container: 'map', key, value });
    return cost;
  }

  private fold(expr: Comprehension): Interval {
    const range = this.cost(expr.range);
    const init = this.cost(expr.init);
    this.push(expr.accumulator, { place: this.placeOf(expr.init), size: this.sizeOf(expr.init), entry: this.entryOf(expr.init) });
    const variables = this.pushVariables(expr);
    const condition = this.cost(expr.condition);
    const step = this.cost(expr.step);
    for (const name of variables) this.pop(name);
    const result = this.cost(expr.result);
    this.pop(expr.accumulator);
    const count = this.sizeOf(expr.range) ?? UNKNOWN;
    if (expr.init.kind === 'literal') this.setSize(expr, this.sizeOf(expr.init));
    if (expr.init.kind === 'list' || expr.init.kind === 'map') {
      this.sizes.set(expr.id, count);
      this.setEntry(expr, this.entryOf(expr.step));
    }
    return plus(range, init, result, times(count, plus(step, condition)));
  }

  private pushVariables(expr: Comprehension): readonly string[] {
    const entry = this.entryOf(expr.range);
    const place = this.placeOf(expr.range);
    const container = entry?.container ?? this.typeOf(expr.range).kind;
    const value: Local = { place: place === undefined ? this.strayPlace : elementOf(place), size: entry?.value, entry: undefined };
    const keyPlace = place === undefined ? this.strayPlace : container === 'list' ? 'nowhere' : keyOf(place);
    const key: Local = { place: keyPlace, size: entry?.key, entry: undefined };
    if (expr.variable2 === undefined) {
      this.push(expr.variable, container === 'list' ? value : key);
      return [expr.variable];
    }
    this.push(expr.variable, key);
    this.push(expr.variable2, value);
    return [expr.variable, expr.variable2];
  }

  private binding(expr: Comprehension): Interval {
    const cost = plus(this.cost(expr.range), this.cost(expr.init));
    this.push(expr.accumulator, { place: this.placeOf(expr.init), size: this.sizeOf(expr.init), entry: this.entryOf(expr.init) });
    const result = this.cost(expr.result);
    this.pop(expr.accumulator);
    this.copySizes(expr, expr.result);
    return plus(cost, result);
  }

  private node(expr: Expr): EstimatedNode {
    const type = this.typeOf(expr);
    const held = type.kind === 'list' ? type.element : type.kind === 'map' ? type.key : isOptional(type) ? type.parameters[0] : undefined;
    const place = this.placeOf(expr);
    const elementPlace = place === undefined ? undefined : elementOf(place);
    const element = held && { type: held, size: (elementPlace && declaredSize(elementPlace)) ?? UNKNOWN };
    return { expr, type, size: this.sizeOf(expr) ?? UNKNOWN, element };
  }

  private sizeOf(expr: Expr): Interval | undefined {
    const known = this.sizes.get(expr.id) ?? literalSize(expr);
    if (known !== undefined) return known;
    const place = this.placeOf(expr);
    const declared = place === undefined ? undefined : declaredSize(place);
    if (declared !== undefined) {
      this.sizes.set(expr.id, declared);
      return declared;
    }
    if (isScalar(this.typeOf(expr))) return ONE;
    return expr.kind === 'ident' ? this.local(expr.name)?.size : undefined;
  }

  private entryOf(expr: Expr): EntrySize | undefined {
    return this.entries.get(expr.id) ?? (expr.kind === 'ident' ? this.local(expr.name)?.entry : undefined);
  }

  private setSize(expr: Expr, size: Interval | undefined): void {
    if (size !== undefined) this.sizes.set(expr.id, size);
  }

  private setEntry(expr: Expr, entry: EntrySize | undefined): void {
    if (entry !== undefined) this.entries.set(expr.id, entry);
  }

  private copySizes(to: Expr, from: Expr): void {
    this.setSize(to, this.sizeOf(from));
    this.setEntry(to, this.entryOf(from));
  }
}

function isBinding({ range, condition, accumulator }: Comprehension): boolean {
  const isEmpty = range.kind === 'list' && range.items.length === 0;
  return isEmpty && condition.kind === 'literal' && condition.value === false && accumulator !== '__result__';
}

function unionOf(a: EntrySize | undefined, b: EntrySize | undefined): EntrySize | undefined {
  if (a === undefined || b === undefined) return undefined;
  return { container: a.container, key: union(a.key, b.key), value: union(a.value, b.value) };
}

function fieldOf(place: Place, field: string): Place {
  return place === 'nowhere' || place.kind !== 'object' ? 'nowhere' : (place.fields.get(field)?.type ?? 'nowhere');
}

function elementOf(place: Place): Place {
  if (place === 'nowhere') return place;
  return place.kind === 'list' ? place.element : place.kind === 'map' ? place.value : 'nowhere';
}

function keyOf(place: Place): Place {
  return place !== 'nowhere' && place.kind === 'map' ? place.key : 'nowhere';
}

/** The size that a declared type bounds; numbers and the like have none. */
function declaredSize(place: Place): Interval | undefined {
  if (place === 'nowhere') return undefined;
  const declared = 'maxSize' in place ? place.maxSize : undefined;
  const isSized = ['string', 'bytes', 'list', 'map', 'dyn', 'any'].includes(place.kind);
  return { min: 0, max: declared ?? (isSized ? MOST : 0) };
}

function literalSize(expr: Expr): Interval | undefined {
  if (expr.kind === 'list') return fixed(expr.items.length);
  if (expr.kind === 'map') return fixed(expr.entries.length);
  if (expr.kind !== 'literal') return undefined;
  if (typeof expr.value === 'string') return fixed(characters(expr.value));
  return fixed(expr.value instanceof Bytes ? expr.value.size() : 1);
}

function isScalar(type: CelType): boolean {
  if (isOptional(type)) return isScalar(type.parameters[0] ?? DYN);
  if (type.kind === 'wrapper') return isScalar(type.of);
  return ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(type.kind);
}

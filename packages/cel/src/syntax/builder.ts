import type { Value } from '../value/value.ts';
import type { Call, Comprehension, Expr, Ident, ListExpr, Literal, MapEntry, MapExpr, Select, StructExpr, StructField } from './ast.ts';

/** Where a node stands and how far it reaches. */
export interface Extent {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** Makes nodes, each with an id of its own. */
export class Builder {
  private count = 0;

  id(): number {
    this.count += 1;
    return this.count;
  }

  literal(extent: Extent, value: Value): Literal {
    return { kind: 'literal', id: this.id(), at: extent.at, start: extent.start, end: extent.end, value };
  }

  ident(extent: Extent, name: string): Ident {
    return { kind: 'ident', id: this.id(), at: extent.at, start: extent.start, end: extent.end, name };
  }

  select(extent: Extent, operand: Expr, field: string, isTest = false): Select {
    return { kind: 'select', id: this.id(), at: extent.at, start: extent.start, end: extent.end, operand, field, isTest };
  }

  call(extent: Extent, name: string, args: readonly Expr[], target?: Expr): Call {
    return { kind: 'call', id: this.id(), at: extent.at, start: extent.start, end: extent.end, name, target, args };
  }

  list(extent: Extent, items: readonly Expr[], optionals: ReadonlySet<number> = new Set()): ListExpr {
    return { kind: 'list', id: this.id(), at: extent.at, start: extent.start, end: extent.end, items, optionals };
  }

  map(extent: Extent, entries: readonly MapEntry[]): MapExpr {
    return { kind: 'map', id: this.id(), at: extent.at, start: extent.start, end: extent.end, entries };
  }

  struct(extent: Extent, name: string, fields: readonly StructField[]): StructExpr {
    return { kind: 'struct', id: this.id(), at: extent.at, start: extent.start, end: extent.end, name, fields };
  }

  comprehension(extent: Extent, parts: Omit<Comprehension, 'kind' | 'id' | keyof Extent>): Comprehension {
    return { kind: 'comprehension', id: this.id(), at: extent.at, start: extent.start, end: extent.end, ...parts };
  }

  /** The same expression with ids of its own. */
  copy(expr: Expr): Expr {
    const id = this.id();
    switch (expr.kind) {
      case 'literal':
      case 'ident':
        return { ...expr, id };
      case 'select':
        return { ...expr, id, operand: this.copy(expr.operand) };
      case 'call':
        return {
          ...expr,
          id,
          target: expr.target === undefined ? undefined : this.copy(expr.target),
          args: expr.args.map((each) => this.copy(each)),
        };
      case 'list':
        return { ...expr, id, items: expr.items.map((each) => this.copy(each)) };
      case 'map':
        return {
          ...expr,
          id,
          entries: expr.entries.map((entry) => ({ ...entry, id: this.id(), key: this.copy(entry.key), value: this.copy(entry.value) })),
        };
      case 'struct':
        return { ...expr, id, fields: expr.fields.map((field) => ({ ...field, id: this.id(), value: this.copy(field.value) })) };
      case 'comprehension':
        return {
          ...expr,
          id,
          range: this.copy(expr.range),
          init: this.copy(expr.init),
          condition: this.copy(expr.condition),
          step: this.copy(expr.step),
          result: this.copy(expr.result),
        };
    }
  }
}

import type { Comprehension, Expr } from '../syntax/ast.ts';
import type { Builder, Extent } from '../syntax/builder.ts';
import { ACCUMULATOR } from './macro.ts';

/** What a fold does, without what it goes over. */
export type Fold = Pick<Comprehension, 'init' | 'condition' | 'step' | 'result'>;

/** Builds the folds that the macros share, all nodes standing where the macro stands. */
export class Folds {
  private readonly build: Builder;
  private readonly extent: Extent;

  constructor(build: Builder, extent: Extent) {
    this.build = build;
    this.extent = extent;
  }

  accumulator(): Expr {
    return this.build.ident(this.extent, ACCUMULATOR);
  }

  call(name: string, ...args: readonly Expr[]): Expr {
    return this.build.call(this.extent, name, args);
  }

  all(predicate: Expr): Fold {
    return {
      init: this.build.literal(this.extent, true),
      condition: this.call('@not_strictly_false', this.accumulator()),
      step: this.call('_&&_', this.accumulator(), predicate),
      result: this.accumulator(),
    };
  }

  exists(predicate: Expr): Fold {
    return {
      init: this.build.literal(this.extent, false),
      condition: this.call('@not_strictly_false', this.call('!_', this.accumulator())),
      step: this.call('_||_', this.accumulator(), predicate),
      result: this.accumulator(),
    };
  }

  existsOne(predicate: Expr): Fold {
    const one = (): Expr => this.build.literal(this.extent, 1);
    return {
      init: this.build.literal(this.extent, 0),
      condition: this.always(),
      step: this.call('_?_:_', predicate, this.call('_+_', this.accumulator(), one()), this.accumulator()),
      result: this.call('_==_', this.accumulator(), one()),
    };
  }

  /** Gathers `item` of each turn that the filter lets through. */
  list(item: Expr, filter: Expr | undefined): Fold {
    const step = this.call('_+_', this.accumulator(), this.build.list(this.extent, [item]));
    return { init: this.build.list(this.extent, []), condition: this.always(), step: this.when(filter, step), result: this.accumulator() };
  }

  /** Inserts what each turn gives: a key and a value, or a map. */
  map(inserted: readonly Expr[], filter: Expr | undefined): Fold {
    const step = this.call('cel.@mapInsert', this.accumulator(), ...inserted);
    return { init: this.build.map(this.extent, []), condition: this.always(), step: this.when(filter, step), result: this.accumulator() };
  }

  private always(): Expr {
    return this.build.literal(this.extent, true);
  }

  private when(filter: Expr | undefined, step: Expr): Expr {
    return filter === undefined ? step : this.call('_?_:_', filter, step, this.accumulator());
  }
}

/** A fold over nothing that only names a value: `bind`. */
export function bindTo(build: Builder, extent: Extent, name: string, value: Expr, body: Expr): Expr {
  return build.comprehension(extent, {
    range: build.list(extent, []),
    variable: '#unused',
    variable2: undefined,
    accumulator: name,
    init: value,
    condition: build.literal(extent, false),
    step: build.ident(extent, name),
    result: body,
  });
}

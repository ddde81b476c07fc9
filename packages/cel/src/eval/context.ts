import type { PatternLibrary } from '../api.ts';
import type { Authorizer } from '../library/authorizer.ts';
import type { Result } from '../value/value.ts';

/** Ends an evaluation from within. */
export class Interruption {
  readonly class: 'cost-limit' | 'cancelled';
  readonly message: string;

  constructor(interruptionClass: 'cost-limit' | 'cancelled', message: string) {
    this.class = interruptionClass;
    this.message = message;
  }
}

/** What one evaluation carries with it. */
export class Context {
  /** Values of variables, by the places that the compiler gave them. */
  readonly slots: (Result | undefined)[];
  readonly limit: number;
  readonly isCancelled: (() => boolean) | undefined;
  readonly patterns: (() => PatternLibrary) | undefined;
  readonly authorizer: Authorizer | undefined;
  cost = 0;
  private turns = 0;

  constructor(slots: (Result | undefined)[], limit: number, services: Services, isCancelled?: () => boolean) {
    this.slots = slots;
    this.limit = limit;
    this.isCancelled = isCancelled;
    this.patterns = services.patterns;
    this.authorizer = services.authorizer;
  }

  charge(cost: number): void {
    this.cost += cost;
    if (this.cost > this.limit) throw new Interruption('cost-limit', 'operation cancelled: actual cost limit exceeded');
  }

  /** Called each turn of a loop. */
  turn(): void {
    if (this.isCancelled === undefined) return;
    this.turns += 1;
    if (this.turns % 100 === 0 && this.isCancelled()) throw new Interruption('cancelled', 'operation interrupted');
  }
}

/** What an environment lends to evaluations. */
export interface Services {
  readonly patterns: (() => PatternLibrary) | undefined;
  readonly authorizer: Authorizer | undefined;
}

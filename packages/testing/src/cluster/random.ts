/** A source of numbers that gives the same ones for the same seed (mulberry32). */
export interface Random {
  /** Whole, 0 … below − 1. */
  below(limit: number): number;
  /** Undefined of an empty list only. */
  pick<T>(items: readonly T[]): T | undefined;
  chance(share: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (items) => items[below(items.length)],
    chance: (share) => next() < share,
  };
}

import type { CostEstimate } from '../api.ts';

// Bounds of sizes and costs.

export type Interval = CostEstimate;

/** What nothing bounds: the server's arithmetic ends at 64 bits, and a tenth of that is no longer without bound. */
export const MOST = 2 ** 64;

export const UNKNOWN: Interval = { min: 0, max: MOST };
export const ZERO: Interval = { min: 0, max: 0 };
export const ONE: Interval = { min: 1, max: 1 };

function bounded(value: number): number {
  return Math.min(value, MOST);
}

export function fixed(size: number): Interval {
  return { min: size, max: size };
}

export function plus(...intervals: readonly Interval[]): Interval {
  let [min, max] = [0, 0];
  for (const interval of intervals) {
    min += interval.min;
    max += interval.max;
  }
  return { min: bounded(min), max: bounded(max) };
}

export function times(a: Interval, b: Interval): Interval {
  return { min: product(a.min, b.min), max: product(a.max, b.max) };
}

function product(a: number, b: number): number {
  return bounded(a * b);
}

/** Rounds up, as the server does at each step. */
export function scaled(interval: Interval, factor: number): Interval {
  return { min: bounded(Math.ceil(product(interval.min, factor))), max: bounded(Math.ceil(product(interval.max, factor))) };
}

export function union(a: Interval, b: Interval): Interval {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

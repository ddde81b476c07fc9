import type { CostEstimate } from '../api.ts';

// Bounds of sizes and costs. What the server's 64 bits cannot hold is Infinity.

export type Interval = CostEstimate;

export const UNKNOWN: Interval = { min: 0, max: Number.POSITIVE_INFINITY };
export const ZERO: Interval = { min: 0, max: 0 };
export const ONE: Interval = { min: 1, max: 1 };

const LIMIT = 2 ** 64;

function bounded(value: number): number {
  return value >= LIMIT ? Number.POSITIVE_INFINITY : value;
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

/** Nothing of what is endless is nothing. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : bounded(a * b);
}

/** Rounds up, as the server does at each step. */
export function scaled(interval: Interval, factor: number): Interval {
  return { min: bounded(Math.ceil(product(interval.min, factor))), max: bounded(Math.ceil(product(interval.max, factor))) };
}

export function union(a: Interval, b: Interval): Interval {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

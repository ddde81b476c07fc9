import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@plumbline/core';
import { guarded } from '../guarded.ts';
import type { CaseResult, Suite } from '../suite.ts';

interface QuantityData {
  readonly parse: readonly { readonly input: string; readonly canonical?: string; readonly error?: string }[];
  readonly compare: readonly { readonly a: string; readonly b: string; readonly cmp: number }[];
}

type Quantity = unknown;
/** What the core package offers once quantities are there. */
interface Quantities {
  parseQuantity(text: string): Quantity | undefined;
  formatQuantity(quantity: Quantity): string;
  compareQuantities(a: Quantity, b: Quantity): number;
}

/** Quantities: canonical form and order. */
export const suite: Suite = {
  name: 'drift/quantity',
  data: 'drift/quantity/quantity.json',
  async *run(folder) {
    const data = JSON.parse(readFileSync(join(folder, suite.data), 'utf8')) as QuantityData; // the suite's own format
    const has = (name: string): boolean => typeof (core as Record<string, unknown>)[name] === 'function';
    const isBuilt = has('parseQuantity') && has('formatQuantity') && has('compareQuantities');
    const quantities = core as unknown as Quantities; // only used when all three are there
    for (const { input, canonical } of data.parse) {
      const id = `parse/${input}`;
      yield await guarded(id, () => (isBuilt ? judgeForm(id, input, canonical, quantities) : notBuilt(id)));
    }
    for (const { a, b, cmp } of data.compare) {
      const id = `compare/${a}/${b}`;
      yield await guarded(id, () => (isBuilt ? judgeOrder(id, a, b, cmp, quantities) : notBuilt(id)));
    }
  },
};

function notBuilt(id: string): CaseResult {
  return { id, outcome: 'not-evaluated', cause: 'not built yet: quantities' };
}

function judgeForm(id: string, input: string, canonical: string | undefined, quantities: Quantities): CaseResult {
  const parsed = quantities.parseQuantity(input);
  const got = parsed === undefined ? 'error' : quantities.formatQuantity(parsed);
  const expected = canonical ?? 'error';
  return got === expected ? { id, outcome: 'passed' } : { id, outcome: 'failed', expected, got, cause: 'canonical form' };
}

function judgeOrder(id: string, a: string, b: string, cmp: number, quantities: Quantities): CaseResult {
  const [left, right] = [quantities.parseQuantity(a), quantities.parseQuantity(b)];
  const got = left === undefined || right === undefined ? 'error' : String(Math.sign(quantities.compareQuantities(left, right)));
  return got === String(cmp) ? { id, outcome: 'passed' } : { id, outcome: 'failed', expected: String(cmp), got, cause: 'order' };
}

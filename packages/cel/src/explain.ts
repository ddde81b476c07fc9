import type { Evaluation, ExplainedStep, Explanation } from './api.ts';
import type { Checked } from './check/checked.ts';
import type { Observer } from './eval/compile.ts';
import { type Extents, errorOf } from './eval/evaluation-error.ts';
import { CelError } from './value/cel-error.ts';
import type { Result } from './value/value.ts';

/** Evaluates once more, with each value written down. */
export function explain(text: string, checked: Checked, extents: Extents, evaluate: (observer: Observer) => Evaluation): Explanation {
  const results = new Map<number, Result>();
  const evaluation = evaluate((_, node, result) => {
    // The last turn of a loop is the one that decided; it goes to the end of the order.
    results.delete(node);
    results.set(node, result);
  });
  const steps: ExplainedStep[] = [];
  const seen = new Set<string>();
  for (const [node, result] of [...results].reverse()) {
    const extent = extents.get(node);
    const reference = checked.references.get(node);
    // What macros put in has the macro's own extent: only its outcome, which comes last, is of interest.
    if (extent === undefined || (reference?.kind === 'variable' && reference.name.startsWith('@'))) continue;
    const key = `${extent.start}-${extent.end}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const outcome = result instanceof CelError ? { error: errorOf(result, extents) } : { value: result };
    steps.push({ ...extent, text: text.slice(extent.start, extent.end), result: outcome });
  }
  return { evaluation, steps: steps.reverse() };
}

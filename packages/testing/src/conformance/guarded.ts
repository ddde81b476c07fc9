import type { CaseResult } from './suite.ts';

/** Judges one case; what throws is a case that failed, and the suite goes on. */
export async function guarded(id: string, judge: () => CaseResult | Promise<CaseResult>): Promise<CaseResult> {
  try {
    return await judge();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, outcome: 'failed', expected: 'a verdict', got: message, cause: `threw: ${message.split('\n')[0]?.slice(0, 80)}` };
  }
}

/** What became of one case. */
export interface CaseResult {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'not-evaluated';
  readonly expected?: string;
  readonly got?: string;
  /** Why it fell short, in words that many cases share. */
  readonly cause?: string;
  /** A part of the suite that is counted apart in text (a class of mutations). */
  readonly part?: string;
}

/** What a suite may use besides its data. */
export interface SuiteContext {
  /** The bundled command. */
  readonly command: string;
  /** A folder of its own, removed after the run. */
  readonly scratch: string;
}

/** A suite of cases: reads its data, hands each case to the entry point that users call, and compares. */
export interface Suite {
  /** FOLDER or FOLDER/PART. */
  readonly name: string;
  /** Data that must be there for the suite to be run, relative to the folder of the suites. */
  readonly data: string;
  readonly isShownByPart?: boolean;
  run(folder: string, context: SuiteContext): AsyncIterable<CaseResult>;
}

/** The totals of one suite, as `--json` prints them. */
export interface SuiteResult {
  readonly suite: string;
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly notEvaluated: number;
  readonly failures: readonly { readonly id: string; readonly expected: string; readonly got: string; readonly cause: string }[];
  /** Why cases fell short, the most frequent first; failed and not evaluated ones. */
  readonly causes: readonly { readonly cause: string; readonly count: number; readonly example: string }[];
  /** Why the suite ended before its last case. */
  readonly error?: string;
  readonly parts?: Readonly<Record<string, { readonly total: number; readonly passed: number }>>;
}

import type { NotEvaluated } from '../check/rule.ts';

/** What a file held at a commit. */
export interface PastText {
  readonly path: string;
  /** The place of the commit in the order of Git's log: 0 is the newest, the greater the older. */
  readonly commit: number;
  /** Seconds since 1970, as the committer's clock said. */
  readonly time: number;
  readonly text: string;
}

export interface PastTexts {
  /** The newest first: a text for each commit that changed one of the files. */
  readonly texts: readonly PastText[];
  /** Why there may be more that are not in sight: a sentence that says what to do; undefined where this is all. */
  readonly incomplete?: string;
}

/** What was committed up to what is judged; whoever runs the engine asks Git, and only once a rule asks. */
export interface History {
  /** What files held, also under the names that they had before. A path that ends with `/` means all that lies below it. */
  textsOf(paths: readonly string[]): PastTexts;
}

export const NO_HISTORY: History = { textsOf: () => ({ texts: [], incomplete: 'there is no history of Git to look into' }) };

/** What a rule says where it needed more of the history than there is. */
export function historyMissing({ incomplete }: PastTexts): NotEvaluated | undefined {
  return incomplete === undefined ? undefined : { notEvaluated: incomplete };
}

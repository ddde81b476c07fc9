import type { Severity } from '../check/rule.ts';
import type { Waiver } from '../config/config.ts';

/** What the steps look up. The same for every step, and plain look-ups only. */
export interface SettleContext {
  /** `YYYY-MM-DD`; without it no waiver expires. */
  readonly today?: string | undefined;
  /** Names in order of promotion. */
  readonly environments?: readonly string[];
  readonly waivers: readonly Waiver[];
  /** The texts of the judged files. */
  readonly texts: Iterable<{ readonly path: string; readonly text: string }>;
  /** Which document of a file a line belongs to. */
  documentAt(file: string, line: number): number;
  /** The severity that configuration gives a rule in a file. */
  severityOf(rule: string, file: string | undefined): Severity | 'off' | undefined;
  aliasesOf(rule: string): readonly string[];
  /** Whether a rule of that name (or pattern) has judged everything it matches, so that silence means that there is nothing to find. */
  hasJudged(rule: string): boolean;
  /** Whether the whole repository was judged: only then can a waiver be called unused. */
  readonly isWhole: boolean;
}

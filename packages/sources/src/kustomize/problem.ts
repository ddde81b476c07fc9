import type { Mark } from './mark.ts';

/** Public rule ids of what ends a build. */
export type BuildRule =
  | 'kust/build-fails'
  | 'kust/missing-path'
  | 'kust/load-restriction'
  | 'kust/cycle'
  | 'kust/duplicate-resource'
  | 'kust/schema'
  | 'flux/build-fails';

/** The files are wrong: what is, where, and what to do. Ends the build. */
export class BuildError extends Error {
  readonly rule: BuildRule;
  readonly at: Mark | undefined;
  /** What should probably stand there instead. */
  readonly instead: string | undefined;

  constructor(message: string, at: Mark | undefined, rule: BuildRule = 'kust/build-fails', instead?: string) {
    super(message);
    this.at = at;
    this.rule = rule;
    this.instead = instead;
  }
}

/** Nothing need be wrong, but a build of this kind is not done here. Ends the build. */
export class NotBuiltError extends Error {}

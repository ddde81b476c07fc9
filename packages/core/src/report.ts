import type { Finding, ResourceRef } from './finding.ts';
import type { RuleInfo, Severity } from './rule.ts';
import type { Since } from './since.ts';

/** The state of Git that was judged: the commit, and whether tracked files differ from it. */
export interface Revision {
  readonly commit: string;
  readonly dirty: boolean;
}

/** What a run found; `--format json` prints it (docs/json.md), without `rules` and `timing`. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'plumbline'; readonly version: string };
  readonly run: {
    readonly commit?: string;
    readonly dirty?: boolean;
    readonly kubernetesVersions: readonly string[];
    readonly preset: string;
    readonly configDigest: string;
    readonly ruleSetDigest: string;
    /** With `--since`: the findings are those that this commit did not have. */
    readonly since?: Since;
  };
  readonly summary: {
    readonly files: { readonly checked: number; readonly leftOut: number };
    readonly documents: number;
    readonly resources: number;
    readonly findings: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
    readonly notEvaluated: number;
    readonly fixable: number;
    /** With `--since`: findings that there were before, and that are not reported. */
    readonly known?: number;
  };
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly {
    readonly rule?: string;
    readonly reason: string;
    readonly count: number;
    readonly examples: readonly ResourceRef[];
  }[];
  readonly leftOut: readonly LeftOut[];
  readonly outcomes?: readonly Outcome[];
  /** What the rules that spoke say of themselves, for reporters. */
  readonly rules: Readonly<Record<string, RuleInfo>>;
  /** A rule threw: exit code 2. Not printed by `--format json`. */
  readonly failed?: boolean;
}

export interface LeftOut {
  readonly reason: string;
  readonly count: number;
  readonly files: readonly string[];
}

export interface Outcome {
  readonly policy: string;
  readonly rule: string;
  readonly resource: ResourceRef;
  readonly outcome: 'pass' | 'fail' | 'warn' | 'skip' | 'error' | 'not-evaluated';
  readonly message?: string;
}

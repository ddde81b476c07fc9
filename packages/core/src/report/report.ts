import type { RuleInfo, Severity } from '../check/rule.ts';
import type { Since } from '../settle/since.ts';
import type { JsonValue } from '../values/json.ts';
import type { Location } from '../values/range.ts';
import type { Finding, ResourceRef } from './finding.ts';

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
    /** How far verdicts for these versions are proven, in words; absent where they all are. */
    readonly limits?: readonly string[];
    readonly preset: string;
    readonly configDigest: string;
    readonly ruleSetDigest: string;
    /** Of a comparison: what the two sides are. */
    readonly drift?: { readonly desired: string; readonly actual: string };
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
    readonly drift?: Readonly<Record<'inSync' | 'missing' | 'changed' | 'extra' | 'notEvaluated', number>>;
    /** With `--since`: findings that there were before, and that are not reported. */
    readonly known?: number;
    /** Where several Kubernetes minors were asked for: what each step from one to the next brings, the oldest first. */
    readonly upgrades?: readonly Upgrade[];
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
  readonly drift?: readonly DriftEntry[];
  /** What the rules that spoke say of themselves, for reporters. */
  readonly rules: Readonly<Record<string, RuleInfo>>;
  /** A rule threw: exit code 2. Not printed by `--format json`. */
  readonly failed?: boolean;
}

/** A step from one Kubernetes minor to a later one. */
export interface Upgrade {
  readonly from: string;
  readonly to: string;
  /** Findings that hold in `to` and not in `from`; `refusals` are those of them that the API server refuses. */
  readonly findings: number;
  readonly refusals: number;
  /** Findings that hold in `from` and not in `to`. */
  readonly gone: number;
}

/** How one object differs between what is desired and what is. In-sync objects are listed where they have changes that do not count. */
export interface DriftEntry {
  readonly resource: ResourceRef;
  readonly status: 'in-sync' | 'missing' | 'changed' | 'extra';
  /** The object after apply. */
  readonly predicted?: JsonValue;
  readonly changes: readonly DriftEntryChange[];
}

/** `before` is actual, `after` desired; an absent member means an absent field. Secret values are masked. */
export interface DriftEntryChange {
  /** JSON pointer into the desired object, `''` for the object as a whole. */
  readonly path: string;
  readonly op: 'add' | 'remove' | 'replace';
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly class: 'drift' | 'unmanaged' | 'ignored' | 'server';
  readonly owner?: { readonly manager: string; readonly operation: string; readonly subresource?: string; readonly time?: string };
  readonly location?: Location;
  readonly why?: string;
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

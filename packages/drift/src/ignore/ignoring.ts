import { type JsonObject, member, type Resource } from '@plumbline/core';
import type { DriftChange } from '../change.ts';
import { asTaken } from '../desired.ts';
import type { Drift } from '../drift.ts';
import { locationOf } from '../location.ts';
import { managersOf, owns } from '../owners.ts';
import type { Pair } from '../pair.ts';
import { AUTOSCALED } from './autoscaled.ts';
import { BUILT_IN_SETS, builtInSetOf } from './built-in-sets.ts';
import { deployerRules } from './deployer-rules.ts';
import { type CompilePattern, isMergedByFlux, whyLeftByFlux } from './flux-rules.ts';
import { idleOrigins } from './idle-origins.ts';
import { type IgnoreRule, type IgnoreSubject, ignoreRules, type RuleOrigin } from './ignore-rule.ts';

export interface IgnoringOptions {
  /** Rules of one's own. */
  readonly rules?: readonly IgnoreRule[];
  /** The day, `YYYY-MM-DD`, against which rules expire; without it none does. */
  readonly today?: string;
  /** Objects among which Applications, ApplicationSets, HelmReleases, Flux Kustomizations and `argocd-cm` say what is to be ignored of what they apply. */
  readonly deployers?: readonly JsonObject[];
  /** Names of built-in sets that are not to hold. */
  readonly withoutSets?: readonly string[];
  /** Of the patterns in objects of Flux; the engine's own regular expressions by default. */
  readonly compilePattern?: CompilePattern;
}

/** Which differences do not count. It remembers which rules were of use. */
export interface Ignoring {
  /** The changes of one object, those that are covered as `ignored` with the reason. `autoscaler` sets its replicas. */
  classified(pair: Pair, changes: readonly DriftChange[], autoscaler?: string): readonly DriftChange[];
  /** The object could not be compared. */
  leaveOpen(pair: Pair): void;
  /** What of the rules is not understood, and covers nothing. */
  readonly problems: readonly { readonly rule: IgnoreRule; readonly problem: string }[];
  /** Of one's own rules. */
  readonly expired: readonly IgnoreRule[];
  /** One's own rules that covered nothing so far. */
  unused(): readonly IgnoreRule[];
  /** What Argo CD and Flux are told that names nothing in what was compared; see idleOrigins. */
  idle(drifts: readonly Drift[]): readonly RuleOrigin[];
}

/** Names of the built-in sets, for whoever turns one off. */
export function builtInSetNames(): readonly string[] {
  return [AUTOSCALED, ...BUILT_IN_SETS.map(({ name }) => name)];
}

/** For whoever wants every difference. */
export const NOTHING_IGNORED: Ignoring = {
  classified: (_pair, changes) => changes,
  leaveOpen: () => {},
  problems: [],
  expired: [],
  unused: () => [],
  idle: () => [],
};

export function ignoringOf(options: IgnoringOptions = {}): Ignoring {
  const own = ignoreRules(options.rules ?? [], options.today);
  const said: { readonly rule: IgnoreRule; readonly problem: string }[] = [];
  const told = deployerRules(options.deployers ?? [], options.compilePattern, (rule, problem) => said.push({ rule, problem }));
  const theirs = ignoreRules(told);
  const without = new Set(options.withoutSets);

  function whyIgnored(change: DriftChange, pair: Pair, autoscaler: string | undefined): string | undefined {
    const sides = sidesOf(change, pair);
    const subjects = subjectsOf(change, sides);
    for (const rules of [own, theirs])
      for (const subject of subjects) {
        const rule = rules.find(subject);
        if (rule !== undefined) return rule.reason;
      }
    if (change.path.length > 0 && sides.desired !== undefined && sides.live !== undefined)
      for (const rules of [own, theirs]) {
        const rule = rules.findInside(sides.desired, sides.live);
        if (rule !== undefined) return rule.reason;
      }
    // What nobody counts needs no built-in set.
    if (change.class !== 'drift') return undefined;
    const { desired, actual } = pair;
    const left = whyLeftByFlux(desired?.object, actual?.object) ?? (desired === undefined ? whyExtraneous(actual) : undefined);
    if (left !== undefined) return left;
    if (desired === undefined || actual === undefined) return undefined;
    if (isMergedByFlux(desired.object) && isOthers(change)) return 'Flux keeps what others added: ssa is Merge';
    if (autoscaler !== undefined && !without.has(AUTOSCALED) && isReplicas(change))
      return `${autoscaler} sets the replicas (built-in set "${AUTOSCALED}")`;
    for (const subject of subjects) {
      const set = builtInSetOf(subject, desired.object, without);
      if (set !== undefined) return `${set.rule.reason} (built-in set "${set.name}")`;
    }
    return undefined;
  }

  return {
    classified(pair, changes, autoscaler) {
      return changes.map((change) => {
        const why = change.class === 'server' ? undefined : whyIgnored(change, pair, autoscaler);
        if (why === undefined) return change;
        const { immutable: _immutable, ...rest } = change;
        return { ...rest, class: 'ignored', why: `ignored: ${why}` };
      });
    },
    leaveOpen(pair) {
      const { desired, live } = sidesOf({ path: [], live: [], op: 'replace', class: 'drift' }, pair);
      for (const subject of [desired, live]) if (subject !== undefined) own.leaveOpen(subject);
    },
    problems: [...own.problems, ...theirs.problems, ...said],
    expired: own.expired,
    unused: () => own.unused(),
    idle: (drifts) => idleOrigins(told, drifts),
  };
}

interface Sides {
  readonly desired: IgnoreSubject | undefined;
  readonly live: IgnoreSubject | undefined;
}

/** A change as rules see it: of the desired object, and of the live one, where items of lists may stand elsewhere. */
function sidesOf(change: DriftChange, pair: Pair): Sides {
  const { desired, actual } = pair;
  const resource = desired ?? actual;
  if (resource === undefined) return { desired: undefined, live: undefined };
  const common = {
    group: resource.gvk.group,
    kind: resource.gvk.kind,
    namespace: resource.namespace,
    name: resource.name,
    pair,
    get managers() {
      return actual === undefined ? [] : ownersOf(change, actual.object);
    },
    get file() {
      return desired === undefined ? undefined : locationOf(desired, change.op === 'remove' ? [] : change.path).file;
    },
  };
  // Getters stay getters.
  const subject = (side: Pick<IgnoreSubject, 'path' | 'object' | 'value'>): IgnoreSubject =>
    Object.defineProperties({ ...side } as IgnoreSubject, Object.getOwnPropertyDescriptors(common)); // with those of `common` it is one
  return {
    desired: desired && subject({ path: change.path, object: asTaken(desired.object), value: change.after }),
    live: actual && subject({ path: change.live, object: actual.object, value: change.before }),
  };
}

/** The sides on which the path of the change is one: what only the live object has is at no place of the desired one. */
function subjectsOf(change: DriftChange, { desired, live }: Sides): readonly IgnoreSubject[] {
  const hasDesired = change.op !== 'remove' || live === undefined;
  return [hasDesired ? desired : undefined, change.live.at(-1) === '-' ? undefined : live].filter((side) => side !== undefined);
}

function ownersOf({ live }: DriftChange, object: JsonObject): readonly string[] {
  return managersOf(object).flatMap((manager) => (owns(manager, object, live) ? [manager.manager] : []));
}

function isReplicas({ path: [first, second, ...rest] }: DriftChange): boolean {
  return first === 'spec' && second === 'replicas' && rest.length === 0;
}

/** A field that only the live object has, and that Flux did not set. */
function isOthers({ op, owner }: DriftChange): boolean {
  return op === 'remove' && owner !== undefined && owner.manager !== 'kustomize-controller';
}

/** Of an object that only the actual side has: Argo CD calls the application in sync all the same. */
function whyExtraneous(actual: Resource | undefined): string | undefined {
  const options = member(member(actual?.object.metadata, 'annotations'), 'argocd.argoproj.io/compare-options');
  if (typeof options !== 'string') return undefined;
  const isThere = options.split(',').some((each) => each.trim() === 'IgnoreExtraneous');
  return isThere ? 'Argo CD passes it over: its compare options say IgnoreExtraneous' : undefined;
}

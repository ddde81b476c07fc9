import type { FieldPath, Resource } from '@plumbline/core';
import { asVersionOf } from './as-version.ts';
import type { DriftChange } from './change.ts';
import { autoscalers } from './ignore/autoscaled.ts';
import { type Ignoring, ignoringOf } from './ignore/ignoring.ts';
import { withRefusals } from './immutable/refused-changes.ts';
import { asRead, type DriftOptions, driftOfObject, type KindPorts } from './object-drift.ts';
import { whatIsLost, whyKept } from './order/prune.ts';
import { type Pair, pair } from './pair.ts';
import { sourceOf } from './source-of.ts';

/** How one object differs between the two sides. */
export interface Drift extends Pair {
  readonly status: 'in-sync' | 'missing' | 'changed' | 'extra' | 'not-evaluated';
  readonly changes: readonly DriftChange[];
  /** Why it was not compared. */
  readonly reason?: string;
}

export interface DriftPorts extends KindPorts {
  /** Undefined where nothing is known of the kind. */
  isNamespaced(gvk: Resource['gvk']): boolean | undefined;
}

export interface SidesOptions extends DriftOptions {
  /** Whether an object that only the actual side has counts, whoever applied it. */
  readonly prunes?: (resource: Resource) => boolean;
  /** Why it is not known whether the actual side has an object: then it is not missing. */
  readonly unreadOf?: (resource: Resource) => string | undefined;
  /** Which differences do not count: the built-in sets by default, and what Argo CD and Flux are told by objects of either side. */
  readonly ignoring?: Ignoring;
}

/** Compares two sides. An object that only the actual one has counts where the same source applied it as objects that both have. */
export function driftOf(
  desired: readonly Resource[],
  actual: readonly Resource[],
  ports: DriftPorts,
  options: SidesOptions = {},
): readonly Drift[] {
  const pairs = pair(desired, actual, (gvk) => ports.isNamespaced(gvk));
  const sources = new Set(
    pairs.flatMap(({ desired: one, actual: other }) => (one === undefined ? [] : ((other && sourceOf(other.object)) ?? []))),
  );
  const isOwned = (resource: Resource): boolean => {
    const source = sourceOf(resource.object);
    return (source !== undefined && sources.has(source)) || options.prunes?.(resource) === true;
  };
  const everything = [...desired, ...actual];
  const ignoring = options.ignoring ?? ignoringOf({ deployers: everything.map(({ object }) => object) });
  const autoscalerOf = autoscalers(everything);
  return pairs.flatMap((one) =>
    compareOne(one, isOwned, ports, options).map((drift) => withIgnored(drift, ignoring, one.desired && autoscalerOf(one.desired))),
  );
}

/** What is covered does not count: an object drifts only where a change of class drift remains. */
function withIgnored(drift: Drift, ignoring: Ignoring, autoscaler: string | undefined): Drift {
  if (drift.status === 'not-evaluated') ignoring.leaveOpen(drift);
  if (drift.changes.length === 0) return drift;
  const changes = ignoring.classified(drift, drift.changes, autoscaler);
  return { ...drift, changes, status: changes.some((change) => change.class === 'drift') ? drift.status : 'in-sync' };
}

const WHOLE: FieldPath = [];

function compareOne(one: Pair, isOwned: (resource: Resource) => boolean, ports: DriftPorts, options: SidesOptions): readonly Drift[] {
  const { desired, actual } = one;
  if (desired === undefined) {
    if (actual === undefined || !isOwned(actual)) return [];
    const gone = 'the source applied it before, and does not have it any more';
    const why = [gone, whyKept(actual.object) ?? whatIsLost(actual.object)].filter((each) => each !== undefined).join('; ');
    return [{ ...one, status: 'extra', changes: [{ path: WHOLE, live: WHOLE, op: 'remove', before: actual.object, class: 'drift', why }] }];
  }
  if (actual === undefined) {
    const reason = options.unreadOf?.(desired);
    if (reason !== undefined) return [{ ...one, status: 'not-evaluated', changes: [], reason }];
    const why = 'the source has it, the actual side does not';
    return [{ ...one, status: 'missing', changes: [{ path: WHOLE, live: WHOLE, op: 'add', after: desired.object, class: 'drift', why }] }];
  }
  const live = desired.gvk.version === actual.gvk.version ? actual.object : asVersionOf(desired, actual, ports);
  if (live === undefined) {
    const reason = `the two sides are of different versions, ${desired.gvk.version} and ${actual.gvk.version}, which are not converted`;
    return [{ ...one, status: 'not-evaluated', changes: [], reason }];
  }
  const { status, changes } = driftOfObject(desired.object, live, ports, {
    ...options,
    ...(desired.encrypted === true ? { encrypted: true } : {}),
  });
  const own = live === actual.object ? one : { ...one, actual: { ...actual, object: live, gvk: desired.gvk } };
  return [{ ...own, status, changes: status === 'changed' ? withRefusals(changes, asRead(live, ports), ports) : changes }];
}

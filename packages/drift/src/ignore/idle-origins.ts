import { type JsonObject, type Resource, valueAt } from '@plumbline/core';
import { asTaken } from '../desired.ts';
import type { Drift } from '../drift.ts';
import { managersOf } from '../owners.ts';
import { ownedBy } from './deployer-rules.ts';
import { type Compiled, compile, type IgnoreRule, type IgnoreSubject, type RuleOrigin } from './ignore-rule.ts';
import { isIn } from './inside.ts';
import { foldersOfApplier } from './owned-by.ts';

import { globOf } from './pointer-place.ts';

/**
 * Entries of Applications, HelmReleases and Flux Kustomizations that name nothing in any object that they are about: no field on either side,
 * no manager on the live one. An entry about a field that is there and is the same today is no such one. Told only where all that the entry is
 * about was compared, at least one object, each with a live side that says who applies it.
 */
export function idleOrigins(rules: readonly IgnoreRule[], drifts: readonly Drift[]): readonly RuleOrigin[] {
  const byOrigin = new Map<RuleOrigin, IgnoreRule[]>();
  const live = new Set(drifts.map(({ actual }) => actual?.object));
  for (const rule of rules) {
    const { origin } = rule;
    if (origin !== undefined && !live.has(origin.object)) byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), rule]);
  }
  const names = new Map<string, Set<JsonObject>>();
  for (const { object } of byOrigin.keys()) names.set(nameOf(object), (names.get(nameOf(object)) ?? new Set()).add(object));
  const isSeen = new Map<JsonObject, boolean>();
  return [...byOrigin].flatMap(([origin, all]) => {
    const { object } = origin;
    // Of two of one name nobody knows which one applied an object.
    if ((names.get(nameOf(object))?.size ?? 0) > 1) return [];
    if (!isSeen.has(object)) isSeen.set(object, seesAll(object, drifts));
    return isSeen.get(object) === true && all.every((rule) => isIdle(rule, object, drifts)) ? [origin] : [];
  });
}

function nameOf(object: JsonObject): string {
  const [namespace, name] = ['namespace', 'name'].map((key) => valueAt(object, ['metadata', key]));
  return JSON.stringify([object.kind, namespace, name]);
}

/** Each folder that it applies is among those compared. */
function seesAll(applier: JsonObject, drifts: readonly Drift[]): boolean {
  const roots = new Set(drifts.flatMap(({ desired }) => desired?.unit.root ?? []));
  return foldersOfApplier(applier)?.every((isFolder) => [...roots].some(isFolder)) === true;
}

function isIdle(rule: IgnoreRule, applier: JsonObject, drifts: readonly Drift[]): boolean {
  let isUnderstood = true;
  const compiled = compile(rule, () => {
    isUnderstood = false;
  });
  const owns = ownedBy(applier);
  let count = 0;
  for (const drift of drifts) {
    const resource = drift.desired ?? drift.actual;
    if (resource === undefined || !isAboutEither(compiled, drift)) continue;
    const { desired, actual } = drift;
    if (actual === undefined || drift.status === 'not-evaluated' || !owns({ desired: undefined, actual })) return false;
    if (namesAnything(compiled, desired, actual)) return false;
    count++;
  }
  return isUnderstood && count > 0;
}

function isAboutEither({ isAbout }: Compiled, drift: Drift): boolean {
  return [drift.desired, drift.actual].some((side) => side !== undefined && isAbout(subjectOf(side, drift)));
}

function subjectOf({ gvk, namespace, name, object }: Resource, pair: Drift): IgnoreSubject {
  return { group: gvk.group, kind: gvk.kind, namespace, name, path: [], object, pair };
}

function namesAnything({ rule, places }: Compiled, desired: Resource | undefined, { object }: Resource): boolean {
  if (rule.managers !== undefined) {
    const managers = managersOf(object).map(({ manager }) => manager);
    const isOne = rule.managers.map(globOf);
    // Without any, nothing is known of who wrote what.
    return managers.length === 0 || managers.some((manager) => isOne.some((each) => each(manager)));
  }
  const sides = [object, ...(desired === undefined ? [] : [asTaken(desired.object)])];
  return places.some((place) => sides.some((side) => isIn(place, side)));
}

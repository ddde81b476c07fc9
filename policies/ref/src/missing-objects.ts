import type { Inventory, NotEvaluated, Problem, Resource, RuleContext, Unit } from '@plumbline/core';
import { missing, OUTSIDE } from './missing.ts';
import { podReferencesOf, usesOf } from './pod-references.ts';
import { placeOf } from './sight.ts';
import { type KeyedKind, sourcesOf } from './sources.ts';

// Kubernetes, OpenShift and Istio put them into every namespace.
const ALWAYS = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert']);

/** Judges the ConfigMaps or Secrets that the pods of a resource cannot start without. */
export function missingObjects(kind: KeyedKind, resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  let seen: string[] | undefined;
  for (const { kind: own, name, isOptional } of podReferencesOf(resource)) {
    if (own !== kind || isOptional || ALWAYS.has(name) || name.includes('$')) continue;
    if (seen?.includes(name) === true) continue;
    seen ??= [];
    seen.push(name);
  }
  if (seen === undefined) return NOTHING;
  const place = placeOf(resource);
  const absent = seen.filter((name) => sourcesOf(kind, name, place, context).length === 0);
  return absent.length === 0 ? NOTHING : judge(kind, absent, resource, context);
}

const NOTHING: readonly Problem[] = [];

function* judge(kind: KeyedKind, absent: readonly string[], resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const place = placeOf(resource);
  const references = podReferencesOf(resource);
  const isFree = (candidate: Resource): boolean => usesOf(context.inventory, kind, candidate.name) === 0;
  for (const name of absent) {
    const first = references.find((each) => each.kind === kind && each.name === name && !each.isOptional);
    if (first === undefined) continue;
    const otherwise = isRuleHere(kind, resource.unit, context) ? 'warning' : { notEvaluated: OUTSIDE };
    yield* missing({ kind, name, place, path: first.path, isFree, otherwise }, context);
  }
}

const shares = new WeakMap<Inventory, Map<Unit, Record<KeyedKind, { found: number; absent: number }>>>();

/** Whether nearly all objects of the kind that the unit's pods need are in sight: then one that is not was forgotten. */
function isRuleHere(kind: KeyedKind, unit: Unit, context: RuleContext): boolean {
  let units = shares.get(context.inventory);
  if (units === undefined) {
    units = new Map();
    for (const resource of context.inventory.all()) {
      for (const reference of podReferencesOf(resource)) {
        if (reference.isOptional || (reference.kind !== 'ConfigMap' && reference.kind !== 'Secret')) continue;
        if (ALWAYS.has(reference.name)) continue;
        const counts = units.get(resource.unit) ?? { ConfigMap: { found: 0, absent: 0 }, Secret: { found: 0, absent: 0 } };
        units.set(resource.unit, counts);
        const isFound = sourcesOf(reference.kind, reference.name, placeOf(resource), context).length > 0;
        counts[reference.kind][isFound ? 'found' : 'absent']++;
      }
    }
    shares.set(context.inventory, units);
  }
  const counts = units.get(unit)?.[kind];
  if (counts === undefined) return false;
  // ConfigMaps are hardly ever made by hand, Secrets often.
  return kind === 'ConfigMap' ? counts.found >= counts.absent : counts.found >= 3 * counts.absent;
}

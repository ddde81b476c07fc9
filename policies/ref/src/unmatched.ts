import {
  type FieldPath,
  isObject,
  isSlip,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type RuleContext,
  type Selector,
} from '@plumbline/core';
import { hasMakers } from './builds.ts';
import { makerOf } from './makers.ts';
import { isLabelKeyInUse, labelsMayChange, type PodMaker, podsHere, podsMatching } from './pods-in-sight.ts';
import { inNamespace, placeOf } from './sight.ts';

/** Judges a selector of pods in the resource's own namespace: it should match some workload in sight. */
export function* unmatched(
  resource: Resource,
  selector: Selector,
  path: FieldPath,
  context: RuleContext,
): Iterable<Problem | NotEvaluated> {
  const { inventory } = context;
  const place = placeOf(resource);
  if (place.namespace === 'kube-system' || podsMatching(inventory, selector, place).length > 0) return;
  const doubt = inventory.incomplete ?? runElsewhere(selector, context) ?? labelsMayChange(inventory);
  if (doubt !== undefined) {
    yield { notEvaluated: doubt };
    return;
  }
  const here = podsHere(inventory, place);
  if (here.length === 0) {
    yield { notEvaluated: 'no workload of its namespace is in sight' };
    return;
  }
  const near = nearest(resource, selector, here);
  if (near === undefined && (resource.unit.claimedBy === undefined || hasMakers(resource.unit, context))) {
    // A folder of plain files holds parts, a build is whole.
    yield { notEvaluated: 'the pods may be run by what is not in sight' };
    return;
  }
  const message = `selector ${shown(selector)} matches no workload${inNamespace(place.namespace)}`;
  if (near === undefined) yield { path, message };
  else {
    const { gvk, name } = near.resource;
    yield {
      path,
      message: `${message}; nearest is ${gvk.kind} "${name}" with ${shown({ matchLabels: near.labels })}`,
      related: [{ resource: near.resource, path: ['spec'], message: 'the pods of this one have other labels' }],
    };
  }
}

/** Labels that only an operator gives, or a value that something else in sight speaks of. */
function runElsewhere(selector: Selector, context: RuleContext): string | undefined {
  const map = member(selector, 'matchLabels');
  if (!isObject(map)) return undefined;
  for (const [key, value] of Object.entries(map)) {
    const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : undefined;
    const isOwn = domain === undefined || domain === 'app.kubernetes.io' || isLabelKeyInUse(context.inventory, key);
    if (!isOwn) return 'an operator may run the pods';
    if (typeof value === 'string' && value !== '' && makerOf(value, context)?.includes('custom')) return 'an operator may run the pods';
  }
  return undefined;
}

/** The workload that was most likely meant: it bears the resource's name, or has the most labels alike. */
function nearest(resource: Resource, selector: Selector, makers: readonly PodMaker[]): PodMaker | undefined {
  const map = member(selector, 'matchLabels');
  const wanted = isObject(map) ? Object.entries(map) : [];
  let best: PodMaker | undefined;
  let bestScore = 0;
  for (const maker of makers) {
    let score = maker.resource.name === resource.name ? 2 : 0;
    for (const [key, value] of wanted) {
      const own = member(maker.labels, key);
      if (value === maker.resource.name || (own !== undefined && own === value)) score += 2;
      else if (typeof own === 'string' && typeof value === 'string' && isSlip(value, own)) score += 2;
      else if (Object.values(maker.labels).includes(value ?? null)) score += 1;
    }
    if (score > bestScore) {
      best = maker;
      bestScore = score;
    }
  }
  return best;
}

function shown(selector: Selector): string {
  const map = member(selector, 'matchLabels');
  const pairs = isObject(map) ? Object.entries(map).map(([key, value]) => `${key}=${String(value ?? '')}`) : [];
  if (pairs.length === 0) return Object.keys(selector).length === 0 ? '"" (everything)' : 'with expressions';
  return `"${pairs.slice(0, 3).join(', ')}${pairs.length > 3 ? ', …' : ''}"`;
}

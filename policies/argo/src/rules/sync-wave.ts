import {
  type Inventory,
  isPlain,
  kindKey,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type Unit,
  valueAt,
} from '@plumbline/core';
import { annotation, annotationPath } from '../annotation.ts';

const WAVE = 'argocd.argoproj.io/sync-wave';
const HOOK = 'argocd.argoproj.io/hook';
const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';

const map = (wave: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop
  annotations:
    argocd.argoproj.io/sync-wave: ${wave}
`;

/** Within a wave Argo CD puts namespaces and definitions first by itself. */
export const rule: ResourceRule = {
  id: 'argo/sync-wave',
  title: 'Waves of Argo CD are whole numbers, and what others need comes before them',
  why: 'Argo CD takes wave 0 for what is no number. An object in a wave before that of its namespace, or of the definition of its kind, is refused, and no later wave begins.',
  remedy: 'Write a whole number in quotes; give namespaces and definitions the lower number.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  examples: { pass: map('"-1"'), fail: map('first') },
  kinds: ['*'],
  // Of a unit scope it would be not evaluated for every object of a build that was not run, with a wave or without.
  scope: 'repository',
  check(resource, { inventory }): Iterable<Problem | NotEvaluated> {
    const text = annotation(resource.object, WAVE);
    const isCustomOrPlaced = resource.namespace !== undefined || resource.gvk.group.includes('.');
    if (text === undefined && (!isCustomOrPlaced || resource.unit.state !== 'as-applied' || lateOnes(inventory).size === 0)) return [];
    if (text !== undefined && waveOf(text) === undefined)
      return isPlain(text) ? [{ path: annotationPath(WAVE), message: `wave "${text}" is no whole number: Argo CD takes 0` }] : [];
    return resource.unit.state === 'as-applied' ? judgeOrder(resource, inventory) : [];
  },
};

function* judgeOrder(resource: Resource, inventory: Inventory): Iterable<Problem> {
  const { object, unit, gvk, namespace } = resource;
  const late = lateOnes(inventory).get(unit);
  // Hooks have phases, which come before waves.
  if (late === undefined || annotation(object, HOOK) !== undefined || annotation(object, 'helm.sh/hook') !== undefined) return;
  const wave = waveOf(annotation(object, WAVE) ?? '0') ?? 0;
  for (const [key, what] of [
    [`n ${namespace ?? ''}`, 'its namespace'],
    [`c ${gvk.group}/${gvk.kind}`, 'the definition of its kind'],
  ] as const) {
    const before = late.get(key);
    if (before === undefined || before.wave <= wave || before.resource === resource) continue;
    yield {
      path: annotation(object, WAVE) === undefined ? ['metadata'] : annotationPath(WAVE),
      ...(annotation(object, WAVE) === undefined ? { part: 'key' as const } : {}),
      message: `wave ${wave} comes before wave ${before.wave} of ${what}`,
      related: [{ resource: before.resource, path: annotationPath(WAVE), message: 'this is applied later' }],
    };
  }
}

interface Late {
  readonly wave: number;
  readonly resource: Resource;
}

const known = new WeakMap<Inventory, ReadonlyMap<Unit, ReadonlyMap<string, Late>>>();

/** Of each unit the namespaces and definitions that have a wave, where each stands once only. */
function lateOnes(inventory: Inventory): ReadonlyMap<Unit, ReadonlyMap<string, Late>> {
  let units = known.get(inventory);
  if (units !== undefined) return units;
  const made = new Map<Unit, Map<string, Late>>();
  for (const resource of [...inventory.byKind('Namespace'), ...inventory.byKind(CRD)]) {
    const text = annotation(resource.object, WAVE);
    const wave = text === undefined ? undefined : waveOf(text);
    if (wave === undefined) continue;
    const own = made.get(resource.unit) ?? new Map<string, Late>();
    made.set(resource.unit, own);
    own.set(keyOf(resource), { wave, resource });
  }
  units = made;
  known.set(inventory, units);
  return units;
}

function keyOf(resource: Resource): string {
  if (kindKey(resource.gvk) !== CRD) return `n ${resource.name}`;
  const kind = member(valueAt(resource.object, ['spec', 'names']), 'kind');
  const group = valueAt(resource.object, ['spec', 'group']);
  return `c ${typeof group === 'string' ? group : ''}/${typeof kind === 'string' ? kind : ''}`;
}

/** As Go's Atoi reads it. */
function waveOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

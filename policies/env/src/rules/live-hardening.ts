import {
  containersOf,
  type FieldPath,
  imageParts,
  isArray,
  isObject,
  type JsonObject,
  matchesSelector,
  member,
  type PlacedContainer,
  type Problem,
  podSpecOf,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { before, isLive } from '../before.ts';
import { NOTHING } from '../nothing.ts';
import { isScaled } from '../scaled.ts';

export const rule: ResourceRule = {
  id: 'env/live-hardening',
  title: 'LIVE is no less secured than the environment before it',
  why: 'Probes, limits, replicas, disruption budgets and pinned images protect what customers use. Where only UAT has them, they protect nothing, and LIVE behaves as nobody has tried.',
  remedy:
    'Set in LIVE what the environment before it sets, best in the base. The option `require` (replicas, digest, limits, probes, pdb) asks for it whatever other environments have.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  kinds: ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'],
  scope: 'environments',
  check(resource, context) {
    const here = context.environments.of(resource);
    if (here === undefined || !isLive(here)) return NOTHING;
    const required = requiredBy(context);
    // Where a stage has several clusters, the first says what was tried.
    const earlier = before(resource, context)[0];
    const shortfalls = [
      ...podShortfalls(resource, earlier?.resource, required),
      ...objectShortfalls(resource, earlier?.resource, required, context),
    ];
    return shortfalls.map(({ path, part, what, theirs }): Problem => {
      const where = earlier !== undefined && theirs !== undefined ? `, and ${earlier.environment.name} has ${theirs}` : '';
      return { path, part, message: `${what} in ${here.name}${where}` };
    });
  },
};

interface Shortfall {
  readonly path: FieldPath;
  readonly part: 'key' | 'value';
  readonly what: string;
  /** What the environment before has; undefined where the options ask for it. */
  readonly theirs?: string;
}

function requiredBy({ options }: RuleContext): ReadonlySet<unknown> {
  const list = member(options, 'require');
  return new Set(isArray(list) ? list : []);
}

/** What a container lacks and may have: where it stands, its name, and the option that asks for it. */
const SETTINGS: readonly { readonly at: FieldPath; readonly name: string; readonly option?: string; readonly good?: boolean }[] = [
  { at: ['resources', 'limits', 'memory'], name: 'memory limit', option: 'limits' },
  { at: ['resources', 'requests', 'memory'], name: 'memory request' },
  { at: ['resources', 'requests', 'cpu'], name: 'CPU request' },
  { at: ['readinessProbe'], name: 'readiness probe', option: 'probes' },
  { at: ['livenessProbe'], name: 'liveness probe' },
  { at: ['securityContext', 'runAsNonRoot'], name: 'runAsNonRoot', good: true },
  { at: ['securityContext', 'readOnlyRootFilesystem'], name: 'readOnlyRootFilesystem', good: true },
  { at: ['securityContext', 'allowPrivilegeEscalation'], name: 'allowPrivilegeEscalation: false', good: false },
];

function* podShortfalls(resource: Resource, earlier: Resource | undefined, required: ReadonlySet<unknown>): Generator<Shortfall> {
  const theirs = new Map((earlier === undefined ? [] : containersOf(earlier)).map((one) => [member(one.container, 'name'), one.container]));
  for (const placed of containersOf(resource)) {
    if (placed.kind !== 'container') continue;
    const { container } = placed;
    const other = theirs.get(member(container, 'name'));
    for (const { at, name, option, good } of SETTINGS) {
      const isSet = (one: JsonObject | undefined): boolean =>
        good === undefined ? valueAt(one, at) !== undefined : valueAt(one, at) === good;
      if (isSet(container)) continue;
      const isTheirs = isSet(other);
      if (!isTheirs && (option === undefined || !required.has(option))) continue;
      // What is set for the pod as a whole holds for its containers.
      if (at.at(-1) === 'runAsNonRoot' && valueAt(podSpecOf(resource)?.spec, at) === true) continue;
      yield { ...placeOfLack(placed, at), what: `container "${nameOf(placed)}" has no ${name}`, ...(isTheirs ? { theirs: 'one' } : {}) };
    }
    yield* unpinned(placed, other, required);
  }
}

function* unpinned(
  { container, path }: PlacedContainer,
  other: JsonObject | undefined,
  required: ReadonlySet<unknown>,
): Generator<Shortfall> {
  const image = member(container, 'image');
  const theirs = member(other, 'image');
  if (typeof image !== 'string' || image.includes('$') || imageParts(image).digest !== undefined) return;
  const isTheirs = typeof theirs === 'string' && imageParts(theirs).digest !== undefined;
  if (!isTheirs && !required.has('digest')) return;
  yield {
    path: [...path, 'image'],
    part: 'value',
    what: `image "${image}" is not pinned by digest`,
    ...(isTheirs ? { theirs: 'one' } : {}),
  };
}

function* objectShortfalls(
  resource: Resource,
  earlier: Resource | undefined,
  required: ReadonlySet<unknown>,
  context: RuleContext,
): Generator<Shortfall> {
  if (resource.gvk.kind !== 'DaemonSet' && !isScaled(resource, context)) {
    const own = replicasOf(resource);
    const theirs = earlier === undefined || isScaled(earlier, context) ? undefined : replicasOf(earlier);
    const path = ['spec', 'replicas'];
    const place: Pick<Shortfall, 'path' | 'part'> =
      valueAt(resource.object, path) === undefined ? { path: ['spec'], part: 'key' } : { path, part: 'value' };
    const what = `${resource.gvk.kind} "${resource.name}" has ${own} ${own === 1 ? 'replica' : 'replicas'}`;
    // None at all is said by another rule.
    if (own > 0 && theirs !== undefined && own < theirs) yield { ...place, what, theirs: String(theirs) };
    else if (own === 1 && required.has('replicas')) yield { ...place, what };
  }
  if (isCovered(resource, context)) return;
  const isTheirs = earlier !== undefined && isCovered(earlier, context);
  if (isTheirs || required.has('pdb'))
    yield {
      path: ['metadata', 'name'],
      part: 'value',
      what: `no PodDisruptionBudget covers ${resource.gvk.kind} "${resource.name}"`,
      ...(isTheirs ? { theirs: 'one' } : {}),
    };
}

function replicasOf({ object }: Resource): number {
  const replicas = valueAt(object, ['spec', 'replicas']);
  return typeof replicas === 'number' ? replicas : 1;
}

function isCovered(resource: Resource, { environments }: RuleContext): boolean {
  const labels = member(podSpecOf(resource)?.metadata, 'labels');
  return (environments.of(resource)?.resources ?? []).some(({ gvk, namespace, object }) => {
    if (gvk.kind !== 'PodDisruptionBudget' || gvk.group !== 'policy' || (namespace ?? '') !== (resource.namespace ?? '')) return false;
    const selector = valueAt(object, ['spec', 'selector']);
    return isObject(selector) && labels !== undefined && matchesSelector(selector, labels);
  });
}

/** The deepest mapping on the way that is there. */
function placeOfLack({ container, path }: PlacedContainer, at: FieldPath): Pick<Shortfall, 'path' | 'part'> {
  for (let length = at.length; length > 0; length--)
    if (valueAt(container, at.slice(0, length)) !== undefined)
      return { path: [...path, ...at.slice(0, length)], part: length === at.length ? 'value' : 'key' };
  return { path: [...path, 'name'], part: 'value' };
}

function nameOf({ container }: PlacedContainer): string {
  const name = member(container, 'name');
  return typeof name === 'string' ? name : '';
}

import {
  type FieldPath,
  isObject,
  isSlip,
  isWritten,
  mayGainFields,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  textAt,
  valueAt,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { ROLLOUT } from '../kinds.ts';

const CANARY: FieldPath = ['spec', 'strategy', 'canary'];
const BLUE_GREEN: FieldPath = ['spec', 'strategy', 'blueGreen'];
const SERVICES: readonly FieldPath[] = [
  [...CANARY, 'stableService'],
  [...CANARY, 'canaryService'],
  [...BLUE_GREEN, 'activeService'],
  [...BLUE_GREEN, 'previewService'],
];
// Routers that need both services whatever else is written (validation.go of argo-rollouts).
const ROUTERS = ['smi', 'apisix', 'ambassador', 'nginx', 'appMesh', 'traefik'];

/** That a rollout is not aborted by itself after its deadline (progressDeadlineAbort) is the default, and no fault. */
export const rule: ResourceRule = {
  id: 'argo/rollout-settings',
  title: 'A Rollout names its services, and leaves time to go back',
  why: 'Without its services a rollout is invalid and does nothing. Old pods that go within seconds still get requests, and with no history there is nothing to go back to.',
  remedy: 'Name two different Services that exist; leave scaleDownDelaySeconds at 30 or more, and revisionHistoryLimit above 0.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
  examples: {
    pass: example('Rollout', ['strategy:', '  blueGreen:', '    activeService: shop'], 'shop', 'shop'),
    fail: example('Rollout', ['revisionHistoryLimit: 0', 'strategy:', '  blueGreen:', '    activeService: shop'], 'shop', 'shop'),
  },
  kinds: [ROLLOUT],
  scope: 'unit',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    yield* history(resource);
    yield* services(resource);
    for (const path of SERVICES) yield* slips(resource, path, context);
  },
};

function* history({ object }: Resource): Iterable<Problem> {
  const limit: FieldPath = ['spec', 'revisionHistoryLimit'];
  if (valueAt(object, limit) === 0) yield { path: limit, message: 'no old ReplicaSet is kept: there is nothing to go back to' };
  for (const strategy of [CANARY, BLUE_GREEN]) {
    if (strategy === CANARY && !isObject(valueAt(object, [...CANARY, 'trafficRouting']))) continue;
    const path = [...strategy, 'scaleDownDelaySeconds'];
    const delay = valueAt(object, path);
    if (typeof delay === 'number' && delay < 30)
      yield { path, message: `old pods go after ${delay} seconds: in less than 30 not every node has learned of the new ones` };
  }
}

function* services(resource: Resource): Iterable<Problem> {
  const { object } = resource;
  for (const [one, other] of [
    [SERVICES[0], SERVICES[1]],
    [SERVICES[2], SERVICES[3]],
  ]) {
    if (one === undefined || other === undefined) continue;
    const name = textAt(resource, one);
    if (name !== undefined && name === textAt(resource, other))
      yield {
        path: other,
        severity: 'error',
        message: `"${String(other.at(-1))}" is "${name}", and so is "${String(one.at(-1))}": they have to differ`,
      };
  }
  if (mayGainFields(resource)) return;
  if (isObject(valueAt(object, BLUE_GREEN)) && !isWritten(resource, [...BLUE_GREEN, 'activeService']))
    yield { path: BLUE_GREEN, part: 'key', severity: 'error', message: 'the strategy has no "activeService"' };
  if (!needsBoth(object)) return;
  for (const field of ['stableService', 'canaryService'])
    if (!isWritten(resource, [...CANARY, field]))
      yield { path: CANARY, part: 'key', severity: 'error', message: `the routing of traffic needs "${field}"` };
}

function needsBoth(object: Resource['object']): boolean {
  const routing = valueAt(object, [...CANARY, 'trafficRouting']);
  const has = (router: string): boolean => isObject(valueAt(routing, [router]));
  if (ROUTERS.some(has)) return true;
  if (valueAt(object, [...CANARY, 'pingPong']) !== undefined) return false;
  return has('alb') || (has('istio') && valueAt(routing, ['istio', 'destinationRule']) === undefined);
}

/** A service that is not there is certain only where a similar one is: it may be made elsewhere. */
function* slips(resource: Resource, path: FieldPath, { inventory }: RuleContext): Iterable<Problem | NotEvaluated> {
  const name = textAt(resource, path);
  if (name === undefined) return;
  const here = inventory.byKind('Service').filter(({ namespace }) => namespace === resource.namespace);
  if (here.some((service) => service.name === name) || inventory.isExternal('Service', resource.namespace, name)) return;
  const meant = here.find((service) => isSlip(name, service.name));
  if (meant === undefined) {
    if (here.length > 0) yield { notEvaluated: inventory.incomplete ?? 'its Service may exist outside of the repository' };
    return;
  }
  yield {
    path,
    severity: 'error',
    message: `no Service "${name}" is defined here; did you mean "${meant.name}"?`,
    related: [{ resource: meant, path: ['metadata', 'name'], message: 'this Service has a similar name' }],
  };
}

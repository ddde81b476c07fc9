import {
  containersOf,
  isArray,
  isObject,
  type JsonValue,
  member,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';
import { allowed } from '../allowed.ts';
import { isLive } from '../before.ts';
import { NOTHING } from '../nothing.ts';
import { isScaled } from '../scaled.ts';

const WORKLOADS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/CronJob'];

export const rule: ResourceRule = {
  id: 'env/feature-flag-left',
  title: 'LIVE runs without switches that are for looking for faults',
  why: 'Debug logs are large, slow, and hold what no log should; a debug mode opens doors; no replicas is no service.',
  remedy:
    'Set the level to info or the switch to off for LIVE, or name the key in the option `allowed` of the rule (a list; * stands for any text).',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: [...WORKLOADS, 'ConfigMap'],
  scope: 'environments',
  check(resource, context) {
    const here = context.environments.of(resource);
    if (here === undefined || !isLive(here)) return NOTHING;
    const isAllowed = allowed(context.options);
    return [...switches(resource), ...scale(resource, context)]
      .filter(({ key }) => !isAllowed(key))
      .map(({ path, what }): Problem => ({ path, message: `${what} in ${here.name}` }));
  },
};

interface Left {
  readonly key: string;
  readonly path: readonly (string | number)[];
  readonly what: string;
}

function* switches(resource: Resource): Generator<Left> {
  if (resource.gvk.kind === 'ConfigMap') {
    const data = member(resource.object, 'data');
    if (isObject(data)) for (const key of Object.keys(data)) yield* leftIn(key, data[key], ['data', key]);
    return;
  }
  for (const { container, path } of containersOf(resource)) {
    const env = member(container, 'env');
    if (!isArray(env)) continue;
    for (const [index, entry] of env.entries()) {
      const name = member(entry, 'name');
      if (typeof name === 'string') yield* leftIn(name, member(entry, 'value'), [...path, 'env', index, 'value']);
    }
  }
}

const LEVEL = /(?:^|[._-])(?:LOG[._-]?LEVEL|LOGGING[._-]LEVEL)$/i;
const SWITCH = /^(?:[A-Z0-9]+_)?DEBUG(?:_MODE|_ENABLED)?$/i;

function* leftIn(key: string, value: JsonValue | undefined, path: Left['path']): Generator<Left> {
  if (typeof value !== 'string') return;
  if (LEVEL.test(key) && /^(?:debug|trace)$/i.test(value)) yield { key, path, what: `${key} is "${value}"` };
  else if (SWITCH.test(key) && /^(?:true|1|on|yes)$/i.test(value)) yield { key, path, what: `${key} is "${value}"` };
}

function* scale(resource: Resource, context: RuleContext): Generator<Left> {
  const path = ['spec', 'replicas'];
  if (member(member(resource.object, 'spec'), 'replicas') !== 0 || isScaled(resource, context)) return;
  yield { key: 'replicas', path, what: `${resource.gvk.kind} "${resource.name}" has no replicas` };
}

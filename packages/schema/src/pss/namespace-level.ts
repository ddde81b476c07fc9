import {
  type FieldPath,
  isObject,
  type JsonObject,
  type NotEvaluated,
  POD_KINDS,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  toPointer,
  valueAt,
} from '@plumbline/core';
import { hasPlaceholder, isFilledIn } from '../placeholder.ts';
import { minorOf } from '../schema-set.ts';
import type { Violation } from './check.ts';
import { detailsOf, violationsOf } from './evaluate.ts';
import { type Pod, podOf } from './pod.ts';
import { type LevelVersion, type Mode, type NamespacePolicy, nameOf, policyOf } from './policy.ts';

/** Pods and templates against the Pod Security labels of their Namespace, as k8s.io/pod-security-admission judges them. */
export const namespaceLevel: ResourceRule = {
  id: 'pss/namespace-level',
  title: 'Pods keep to the Pod Security level that their namespace asks for',
  why: 'The server refuses a Pod below the level that its namespace enforces. It takes a Deployment with such pods, of which none is ever made.',
  remedy: 'Set the fields that the message names, or move the workload to a namespace of its own whose labels allow what it needs.',
  severity: 'error',
  class: 'policy',
  set: 'recommended',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  kinds: POD_KINDS,
  scope: 'unit',
  check,
};

type Output = Problem | NotEvaluated;
const NOTHING: readonly Output[] = [];
const VARIABLE = 'a value that it rests on has a variable that is filled in later';

function check(resource: Resource, context: RuleContext): Iterable<Output> {
  // Without a namespace of its own it goes to `default`, unless whoever applies it says otherwise.
  const namespace = context.inventory.byKey('Namespace', undefined, resource.namespace ?? 'default');
  if (namespace === undefined) return NOTHING;
  const labels = labelsOf(namespace);
  if (labels === undefined) return NOTHING;
  const policy = policyFor(labels);
  const { enforce, audit, warn, faults } = policy;
  if (faults.length > 0) return [{ notEvaluated: 'the namespace has Pod Security labels that the server refuses' }];
  if (enforce.level === 'privileged' && audit.level === 'privileged' && warn.level === 'privileged') return NOTHING;
  if (namespace.unit.state === 'unbuilt') return [{ notEvaluated: 'a build that was not run may change the labels of the namespace' }];
  const pod = podOf(resource);
  return pod === undefined ? NOTHING : judge(resource, pod, policy, namespace, context.versions);
}

function judge(resource: Resource, pod: Pod, policy: NamespacePolicy, namespace: Resource, versions: readonly string[]): readonly Output[] {
  const found = new Map<string, { problem: Problem; versions: string[] }>();
  let hasVariable = false;
  for (const version of versions) {
    const said = new Set<string>();
    for (const mode of MODES) {
      const asked = policy[mode];
      if (asked.level === 'privileged' || said.has(nameOf(asked))) continue;
      const all = violationsOf(pod, asked, minorOf(version));
      const sure = isFilledIn(resource) ? all.filter((one) => !restsOnVariable(one, pod, resource)) : all;
      if (sure.length < all.length) hasVariable = true;
      if (sure.length === 0) continue;
      // What is said of one mode is not said again of a weaker one.
      said.add(nameOf(asked));
      const problem = problemOf(mode, asked, sure, pod, namespace);
      const key = `${problem.class}\n${problem.message}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { problem, versions: [version] });
      else known.versions.push(version);
      // A Pod that is refused gets no warning.
      if (mode === 'enforce' && pod.isPod) break;
    }
  }
  const output: Output[] = [...found.values()].map(({ problem, versions: held }) =>
    held.length === versions.length ? problem : { ...problem, versions: held },
  );
  if (hasVariable) output.push({ notEvaluated: VARIABLE });
  return output;
}

const MODES: readonly Mode[] = ['enforce', 'warn', 'audit'];

function problemOf(mode: Mode, asked: LevelVersion, violations: readonly Violation[], pod: Pod, namespace: Resource): Problem {
  const detail = `PodSecurity "${nameOf(asked)}": ${detailsOf(violations)}`;
  const rule = 'pss/namespace-level';
  const said = {
    enforce: pod.isPod ? `violates ${detail}` : `its pods will be refused: violates ${detail}`,
    warn: `would violate ${detail}`,
    audit: `would violate ${detail}, which the audit log will say`,
  };
  const severities = { enforce: 'error', warn: 'warning', audit: 'info' } as const;
  return {
    rule,
    ...placeOf(violations, pod),
    message: said[mode],
    class: mode === 'warn' ? 'server-warning' : mode === 'enforce' && pod.isPod ? 'refusal' : 'policy',
    severity: severities[mode],
    related: [{ resource: namespace, path: ['metadata', 'labels', asked.label], message: `the namespace asks for the level here` }],
  };
}

/** On the field where one alone is wrong, else on the pod. */
function placeOf(violations: readonly Violation[], pod: Pod): { readonly path: FieldPath; readonly part?: 'key' } {
  const spots = violations.flatMap((one) => one.spots);
  const [first] = spots;
  if (first === undefined) return { path: pod.path };
  const pointer = toPointer(first.path);
  return spots.every(({ path }) => toPointer(path) === pointer) ? first : { path: pod.path };
}

/** Whether a value on the way to what is wrong, or of the pod as a whole, is a variable. */
function restsOnVariable({ spots }: Violation, pod: Pod, { object }: Resource): boolean {
  const values = [pod.spec.hostUsers, pod.spec.securityContext, pod.spec.os, ...Object.values(pod.securityContext ?? {})];
  for (const { path } of spots)
    for (let length = pod.path.length + 1; length <= path.length; length++) values.push(valueAt(object, path.slice(0, length)));
  return values.some((value) => typeof value === 'string' && hasPlaceholder(value));
}

function labelsOf({ object }: Resource): JsonObject | undefined {
  const labels = valueAt(object, ['metadata', 'labels']);
  return isObject(labels) ? labels : undefined;
}

const policies = new WeakMap<JsonObject, NamespacePolicy>();

function policyFor(labels: JsonObject): NamespacePolicy {
  let policy = policies.get(labels);
  if (policy === undefined) {
    policy = policyOf(labels);
    policies.set(labels, policy);
  }
  return policy;
}

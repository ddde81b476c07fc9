import { isArray, type JsonObject, member, valueAt } from '@plumbline/core';
import { type IgnoreRule, type IgnoreRules, type IgnoreSubject, ignoreRules } from './ignore-rule.ts';

/** A named set of fields that something in the cluster writes, and how to tell that it does. */
export interface BuiltInSet {
  readonly name: string;
  readonly rule: IgnoreRule;
  /** Whether it holds for this object. */
  readonly holds: (object: JsonObject) => boolean;
}

/** Annotations that ask for the bundle of an authority. */
const INJECTORS = [
  'cert-manager.io/inject-ca-from',
  'cert-manager.io/inject-ca-from-secret',
  'cert-manager.io/inject-apiserver-ca',
  'service.beta.openshift.io/inject-cabundle',
];

function isInjected(object: JsonObject): boolean {
  return INJECTORS.some((key) => member(valueAt(object, ['metadata', 'annotations']), key) !== undefined) || hasPlaceholder(object);
}

/** An empty line in base64: what is written where some value is asked for that an injector then replaces. */
const PLACEHOLDER = 'Cg==';

function hasPlaceholder({ webhooks, spec }: JsonObject): boolean {
  const configs = [
    spec ?? null,
    valueAt(spec, ['conversion', 'webhook', 'clientConfig']),
    ...(isArray(webhooks) ? webhooks.map((each) => member(each, 'clientConfig')) : []),
  ];
  return configs.some((config) => member(config, 'caBundle') === PLACEHOLDER);
}

/** Sets that are on unless configuration turns them off. Replicas that an autoscaler owns are told by other objects: see autoscalers. */
export const BUILT_IN_SETS: readonly BuiltInSet[] = [
  {
    name: 'injected-ca-bundles',
    rule: {
      pointers: [
        '/webhooks/*/clientConfig/caBundle',
        '/spec/caBundle',
        '/spec/conversion/webhook/clientConfig/caBundle',
        '/data/service-ca.crt',
      ],
      reason: 'the CA bundle is injected',
    },
    holds: isInjected,
  },
  {
    name: 'aggregated-roles',
    rule: {
      target: { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
      pointers: ['/rules'],
      reason: 'the rules are aggregated of other roles',
    },
    holds: (object) => member(object, 'aggregationRule') !== undefined,
  },
  {
    name: 'restarts',
    rule: { pointers: ['/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt'], reason: 'a restart was asked for' },
    holds: () => true,
  },
  {
    name: 'rollout-revisions',
    rule: { pointers: ['/metadata/annotations/deployment.kubernetes.io~1revision'], reason: 'the revision is the controller\u2019s count' },
    holds: () => true,
  },
  {
    name: 'service-account-secrets',
    rule: {
      target: { group: '', kind: 'ServiceAccount' },
      pointers: ['/secrets', '/imagePullSecrets'],
      reason: 'the token controller adds secrets',
    },
    holds: (object) => member(object, 'secrets') === undefined,
  },
];

let compiled: readonly { readonly set: BuiltInSet; readonly rules: IgnoreRules }[] | undefined;

/** The set that covers a difference; `desired` is what the source says of the object, `without` the names of sets that are off. */
export function builtInSetOf(subject: IgnoreSubject, desired: JsonObject, without: ReadonlySet<string> = NONE): BuiltInSet | undefined {
  compiled ??= BUILT_IN_SETS.map((set) => ({ set, rules: ignoreRules([set.rule]) }));
  return compiled.find(({ set, rules }) => !without.has(set.name) && set.holds(desired) && rules.find(subject) !== undefined)?.set;
}

const NONE: ReadonlySet<string> = new Set();

import {
  type Change,
  containersOf,
  type FieldPath,
  type Fix,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  kindKey,
  member,
  POD_KINDS,
  type Problem,
  podSpecOf,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { type DeprecatedName, KIND_ANNOTATIONS, NODE_LABELS, POD_ANNOTATIONS } from '../deprecated-names.ts';

export const rule: ResourceRule = {
  id: 'api/deprecated-annotation',
  title: 'No deprecated annotation or label of Kubernetes is used',
  why: 'Kubernetes stops acting on such a name one day, and says nothing then: the seccomp profile is not applied, the pod finds no node, the ingress no controller.',
  remedy: 'Use the field or name that took its place, shown in the message.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  nodeSelector:\n    kubernetes.io/arch: arm64\n  containers:\n    - name: shop\n      image: shop:1.0\n',
    fail: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  nodeSelector:\n    beta.kubernetes.io/arch: arm64\n  containers:\n    - name: shop\n      image: shop:1.0\n',
  },
  link: 'https://kubernetes.io/docs/reference/labels-annotations-taints/',
  kinds: [
    ...POD_KINDS,
    'Service',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'networking.k8s.io/Ingress',
    'node.k8s.io/RuntimeClass',
    'storage.k8s.io/StorageClass',
  ],
  check: (resource, context) => (mayHoldNames(resource) ? judge(resource, context) : NOTHING),
};

const NOTHING: readonly Problem[] = [];

/** Cheap, and false of most: whether any of the places is there in which a name is looked for. */
function mayHoldNames(resource: Resource): boolean {
  const { object } = resource;
  if (member(member(object, 'metadata'), 'annotations') !== undefined) return true;
  const pod = podSpecOf(resource);
  if (pod === undefined) return resource.gvk.kind === 'RuntimeClass' || resource.gvk.kind === 'PersistentVolume';
  return (
    member(pod.metadata, 'annotations') !== undefined ||
    member(pod.spec, 'nodeSelector') !== undefined ||
    member(pod.spec, 'affinity') !== undefined ||
    member(pod.spec, 'topologySpreadConstraints') !== undefined ||
    member(pod.spec, 'tolerations') !== undefined
  );
}

function* judge(resource: Resource, context: RuleContext): Iterable<Problem> {
  yield* ownAnnotations(resource, context);
  yield* podAnnotations(resource, context);
  yield* nodeLabels(resource, context);
}

function* ownAnnotations(resource: Resource, context: RuleContext): Iterable<Problem> {
  const known = KIND_ANNOTATIONS.get(kindKey(resource.gvk));
  const annotations = valueAt(resource.object, ['metadata', 'annotations']);
  if (known === undefined || !isObject(annotations)) return;
  for (const key of Object.keys(annotations)) {
    const name = known.get(key);
    if (name === undefined) continue;
    // The server keeps quiet once the field is set.
    if (key === 'kubernetes.io/ingress.class' && valueAt(resource.object, ['spec', 'ingressClassName']) !== undefined) continue;
    const fix =
      name.renamed === undefined ? moveToField(resource, key) : renameKey(['metadata', 'annotations', key], name.renamed, annotations);
    yield* told(`annotation "${key}"`, name, context, { path: ['metadata', 'annotations', key], part: 'key', ...withFix(fix) });
  }
}

/** The annotation's value goes to the field that took its place; a suggestion, because old values were not always names of classes. */
function moveToField(resource: Resource, key: string): Fix | undefined {
  const field =
    key === 'kubernetes.io/ingress.class' ? 'ingressClassName' : key.endsWith('/storage-class') ? 'storageClassName' : undefined;
  const value = valueAt(resource.object, ['metadata', 'annotations', key]);
  if (field === undefined || typeof value !== 'string' || !isObject(member(resource.object, 'spec'))) return undefined;
  if (valueAt(resource.object, ['spec', field]) !== undefined) return undefined;
  const changes: Change[] = [removal(resource, ['metadata', 'annotations', key]), { op: 'add', path: ['spec', field], after: value }];
  return { title: `move the value to spec.${field}`, safe: false, changes };
}

function* podAnnotations(resource: Resource, context: RuleContext): Iterable<Problem> {
  const pod = podSpecOf(resource);
  if (pod === undefined) return;
  const root = [...pod.metadataPath, 'annotations'];
  const annotations = member(pod.metadata, 'annotations');
  if (!isObject(annotations)) return;
  for (const key of Object.keys(annotations)) {
    const prefix = key.slice(0, key.indexOf('/') + 1);
    const isPrefixed = POD_ANNOTATIONS.has(prefix);
    const name = POD_ANNOTATIONS.get(key) ?? POD_ANNOTATIONS.get(prefix);
    if (name === undefined || (isPrefixed && !concernsContainer(resource, key, prefix))) continue;
    if (key.startsWith('seccomp.') && valueAt(pod.spec, ['securityContext', 'seccompProfile']) !== undefined) continue;
    const place = { path: [...root, key], part: 'key' as const };
    yield* told(`annotation "${key}"`, name, context, { ...place, ...withFix(profileFix(resource, place.path, key, context)) });
  }
}

/** The field that says the same as the annotation of a profile. Seccomp annotations have no effect any more, so there it is a suggestion. */
function profileFix(resource: Resource, path: FieldPath, key: string, { versions }: RuleContext): Fix | undefined {
  const profile = profileOf(valueAt(resource.object, path));
  const pod = podSpecOf(resource);
  if (profile === undefined || pod === undefined) return undefined;
  const isAppArmor = key.startsWith('container.apparmor.');
  const field = isAppArmor ? 'appArmorProfile' : 'seccompProfile';
  const named = containersOf(resource).find(({ container }) => key.endsWith(`/${String(member(container, 'name'))}`));
  const owner = key.startsWith('container.') ? named?.path : pod.path;
  if (owner === undefined) return undefined;
  const settings = valueAt(resource.object, [...owner, 'securityContext']);
  const addition: Change = isObject(settings)
    ? { op: 'add', path: [...owner, 'securityContext', field], after: profile }
    : { op: 'add', path: [...owner, 'securityContext'], after: { [field]: profile } };
  // The field for AppArmor came with Kubernetes 1.30.
  const safe = isAppArmor && versions.every((version) => minorOf(version) >= 30);
  return { title: `write it as securityContext.${field}`, safe, changes: [removal(resource, path), addition] };
}

/** `runtime/default`, `docker/default`, `unconfined`, `localhost/NAME` as a profile. */
function profileOf(value: JsonValue | undefined): JsonObject | undefined {
  if (value === 'runtime/default' || value === 'docker/default') return { type: 'RuntimeDefault' };
  if (value === 'unconfined') return { type: 'Unconfined' };
  if (typeof value !== 'string' || !value.startsWith('localhost/')) return undefined;
  return { type: 'Localhost', localhostProfile: value.slice('localhost/'.length) };
}

/** Takes an annotation away, and the whole mapping with the last one. */
function removal(resource: Resource, path: FieldPath): Change {
  const parent = path.slice(0, -1);
  const siblings = valueAt(resource.object, parent);
  return { op: 'remove', path: isObject(siblings) && Object.keys(siblings).length === 1 ? parent : path };
}

/** Whether the annotation names a container that has not got the field: otherwise the server does not look at it. */
function concernsContainer(resource: Resource, key: string, prefix: string): boolean {
  const field = prefix.startsWith('container.seccomp.') ? 'seccompProfile' : 'appArmorProfile';
  const pod = podSpecOf(resource);
  if (field === 'appArmorProfile' && valueAt(pod?.spec, ['securityContext', field]) !== undefined) return false;
  for (const { container } of containersOf(resource)) {
    if (member(container, 'name') === key.slice(prefix.length)) return valueAt(container, ['securityContext', field]) === undefined;
  }
  return false;
}

/** The places where a workload chooses nodes by their labels. */
function* nodeLabels(resource: Resource, context: RuleContext): Iterable<Problem> {
  const pod = podSpecOf(resource);
  if (pod !== undefined) {
    const root = pod.path;
    yield* selectorKeys(resource, [...root, 'nodeSelector'], context);
    const node = [...root, 'affinity', 'nodeAffinity'];
    yield* termKeys(resource, [...node, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'], [], context);
    yield* termKeys(resource, [...node, 'preferredDuringSchedulingIgnoredDuringExecution'], ['preference'], context);
    for (const path of topologyKeys(resource, root)) {
      // The server has no word for it in the affinity to other pods.
      const asAdvice = path.includes('affinity') ? { class: 'quality' as const } : {};
      for (const problem of labelValue(valueAt(resource.object, path), path, context)) yield { ...problem, ...asAdvice };
    }
    yield* masterTolerations(resource, root, context);
  } else if (resource.gvk.kind === 'RuntimeClass') yield* selectorKeys(resource, ['scheduling', 'nodeSelector'], context);
  else if (resource.gvk.kind === 'PersistentVolume') {
    yield* termKeys(resource, ['spec', 'nodeAffinity', 'required', 'nodeSelectorTerms'], [], context);
  }
}

function* selectorKeys(resource: Resource, path: FieldPath, context: RuleContext): Iterable<Problem> {
  const selector = valueAt(resource.object, path);
  if (!isObject(selector)) return;
  for (const key of Object.keys(selector)) {
    const name = NODE_LABELS.get(key);
    if (name === undefined) continue;
    const fix = name.renamed === undefined ? undefined : renameKey([...path, key], name.renamed, selector);
    yield* told(`node label "${key}"`, name, context, { path: [...path, key], part: 'key', ...withFix(fix) });
  }
}

function* termKeys(resource: Resource, path: FieldPath, within: FieldPath, context: RuleContext): Iterable<Problem> {
  for (const [index] of listAt(resource, path)) {
    const expressions = [...path, index, ...within, 'matchExpressions'];
    for (const [at, expression] of listAt(resource, expressions)) {
      yield* labelValue(member(expression, 'key'), [...expressions, at, 'key'], context);
    }
  }
}

/** Where a pod names the label by which nodes are grouped. */
function* topologyKeys(resource: Resource, root: FieldPath): Iterable<FieldPath> {
  const spread = [...root, 'topologySpreadConstraints'];
  for (const [index] of listAt(resource, spread)) yield [...spread, index, 'topologyKey'];
  for (const affinity of ['podAffinity', 'podAntiAffinity']) {
    const required = [...root, 'affinity', affinity, 'requiredDuringSchedulingIgnoredDuringExecution'];
    for (const [index] of listAt(resource, required)) yield [...required, index, 'topologyKey'];
    const preferred = [...root, 'affinity', affinity, 'preferredDuringSchedulingIgnoredDuringExecution'];
    for (const [index] of listAt(resource, preferred)) yield [...preferred, index, 'podAffinityTerm', 'topologyKey'];
  }
}

const MASTER = 'node-role.kubernetes.io/master';
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** Nodes of the control plane have carried only the new taint since 1.25. Many tolerate both, which is right on older ones. */
function* masterTolerations(resource: Resource, root: FieldPath, context: RuleContext): Iterable<Problem> {
  const path = [...root, 'tolerations'];
  const keys = [...listAt(resource, path)].map(([, toleration]) => member(toleration, 'key'));
  const index = keys.indexOf(MASTER);
  if (index < 0 || keys.some((key) => key === CONTROL_PLANE || key === undefined || key === '')) return;
  const versions = context.versions.filter((version) => minorOf(version) >= 25);
  if (versions.length === 0) return;
  yield {
    path: [...path, index, 'key'],
    versions,
    message: `the taint "${MASTER}" is on no node since Kubernetes 1.25: tolerate "${CONTROL_PLANE}"`,
  };
}

/** A label that stands as a value (`key: beta.kubernetes.io/os`). */
function* labelValue(label: JsonValue | undefined, path: FieldPath, context: RuleContext): Iterable<Problem> {
  const name = typeof label === 'string' ? NODE_LABELS.get(label) : undefined;
  if (name?.renamed === undefined || label === undefined) return;
  const changes: Change[] = [{ op: 'replace', path, before: label, after: name.renamed }];
  yield* told(`node label "${label}"`, name, context, { path, fix: { title: `use ${name.renamed}`, safe: true, changes } });
}

function renameKey(path: FieldPath, key: string, siblings: { readonly [key: string]: JsonValue }): Fix | undefined {
  if (Object.hasOwn(siblings, key)) return undefined;
  return { title: `use ${key}`, safe: true, changes: [{ op: 'rename', path, key }] };
}

function withFix(fix: Fix | undefined): { fix?: Fix } {
  return fix === undefined ? {} : { fix };
}

function* told(subject: string, name: DeprecatedName, context: RuleContext, place: Partial<Problem>): Iterable<Problem> {
  const { since = 0 } = name;
  const versions = context.versions.filter((version) => minorOf(version) >= since);
  if (versions.length === 0) return;
  yield { ...place, versions, class: name.class, message: `${subject} is ${name.state}: use ${name.use}` };
}

function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}

function listAt(resource: Resource, path: FieldPath): Iterable<[number, JsonValue]> {
  const value = valueAt(resource.object, path);
  return isArray(value) ? value.entries() : [];
}

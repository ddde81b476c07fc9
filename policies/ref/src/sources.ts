import {
  type Inventory,
  isArray,
  isObject,
  type JsonValue,
  kindKey,
  member,
  type Resource,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { createNamespaceIndex, type NamespaceIndex } from './namespace-index.ts';
import { isCustom, isMovable, isSurelyIn, type Place } from './sight.ts';

/** A resource that is, or makes, a ConfigMap or Secret of a name. */
export interface Source {
  readonly resource: Resource;
  readonly name: string;
  /** Where the object will be: `everywhere` for what a controller copies into all namespaces. */
  readonly namespace: string | undefined | typeof EVERYWHERE;
  /** Undefined where more keys may come than the file says. */
  readonly keys: ReadonlySet<string> | undefined;
}

export const EVERYWHERE = Symbol('every namespace');

export type KeyedKind = 'ConfigMap' | 'Secret';

const known = new WeakMap<Inventory, Readonly<Record<KeyedKind, NamespaceIndex<Source>>>>();

/** What in sight is or makes the object that a reference means. */
export function sourcesOf(kind: KeyedKind, name: string, place: Place, context: RuleContext): readonly Source[] {
  return allOf(context)[kind].get(name, place.namespace);
}

/** Whether the object will surely be where the reference looks, as its file says. */
export function isSureSource({ resource, namespace }: Source, place: Place): boolean {
  return namespace !== EVERYWHERE && isSurelyIn({ ...resource, namespace }, place);
}

function allOf(context: RuleContext): Readonly<Record<KeyedKind, NamespaceIndex<Source>>> {
  let all = known.get(context.inventory);
  if (all === undefined) {
    const made = { ConfigMap: createNamespaceIndex<Source>(), Secret: createNamespaceIndex<Source>() };
    for (const resource of context.inventory.all()) {
      for (const [kind, source] of read(resource, context)) {
        const { namespace } = source;
        const isLoose = isMovable(resource) || mayBe(COPIED, annotationKeys(resource));
        made[kind].add(source.name, namespace === EVERYWHERE ? undefined : namespace, source, isLoose);
      }
    }
    all = made;
    known.set(context.inventory, all);
  }
  return all;
}

// Controllers that copy an object into other namespaces, or fill it: reflector, replicator, secret-generator, Vault, OpenShift …
const COPIED = /reflect|replicat|config-syncer|kubed|clone|copy|copies/;
const FILLED = /reflect|replicat|generat|vault|avp|inject|sync|clone|copy|merge|patch|kapp\.k14s|transform|kluctl|external/;

function mayBe(what: RegExp, keys: readonly string[]): boolean {
  return keys.length > 0 && what.test(keys.join(' '));
}

function annotationKeys(resource: Resource): readonly string[] {
  const metadata = member(resource.object, 'metadata');
  const annotations = member(metadata, 'annotations');
  const labels = member(metadata, 'labels');
  if (annotations === undefined && labels === undefined) return NO_KEYS;
  // Argo CD's say how to apply the object, not what fills it (`sync-wave`).
  return [...keysOf(annotations), ...keysOf(labels)].filter((key) => !key.startsWith('argocd.argoproj.io/'));
}

const NOTHING: readonly (readonly [KeyedKind, Source])[] = [];

function read(resource: Resource, context: RuleContext): Iterable<readonly [KeyedKind, Source]> {
  const { group, kind } = resource.gvk;
  if (group === '' && kind !== 'ConfigMap' && kind !== 'Secret') return NOTHING;
  return group !== '' && context.kinds.isBuiltinGroup(group) ? NOTHING : readMaker(resource, context);
}

function* readMaker(resource: Resource, context: RuleContext): Iterable<readonly [KeyedKind, Source]> {
  const { object, namespace } = resource;
  const from = (name: JsonValue | undefined, keys?: Iterable<string>, where: Source['namespace'] = namespace): Source[] =>
    typeof name === 'string' && name !== ''
      ? [{ resource, name, namespace: where, keys: keys === undefined ? undefined : new Set(keys) }]
      : [];
  const secret = (sources: readonly Source[]) => sources.map((source) => ['Secret', source] as const);
  const spec = member(object, 'spec');
  const key = kindKey(resource.gvk);
  switch (key) {
    case 'ConfigMap':
      for (const source of from(resource.name, plainKeys(resource, ['data', 'binaryData']))) yield ['ConfigMap', source];
      return;
    case 'Secret':
      yield* secret(from(resource.name, plainKeys(resource, ['data', 'stringData'])));
      return;
    case 'bitnami.com/SealedSecret': {
      const keys = [...keysOf(member(spec, 'encryptedData')), ...keysOf(valueAt(spec, ['template', 'data']))];
      yield* secret(from(valueAt(spec, ['template', 'metadata', 'name']) ?? resource.name, keys.length > 0 ? keys : undefined));
      return;
    }
    case 'external-secrets.io/ExternalSecret':
      yield* secret(from(valueAt(spec, ['target', 'name']) ?? resource.name, externalKeys(spec)));
      return;
    case 'external-secrets.io/ClusterExternalSecret': {
      const own = valueAt(spec, ['externalSecretSpec', 'target', 'name']) ?? member(spec, 'externalSecretName') ?? resource.name;
      yield* secret(from(own, undefined, EVERYWHERE));
      return;
    }
    case 'cert-manager.io/Certificate': {
      const isOpen = member(spec, 'keystores') !== undefined || member(spec, 'additionalOutputFormats') !== undefined;
      yield* secret(from(member(spec, 'secretName'), isOpen ? undefined : ['tls.crt', 'tls.key', 'ca.crt']));
      return;
    }
    case 'trust.cert-manager.io/Bundle':
      for (const kind of ['ConfigMap', 'Secret'] as const)
        for (const source of from(resource.name, undefined, EVERYWHERE)) yield [kind, source];
      return;
    case 'objectbucket.io/ObjectBucketClaim':
      for (const kind of ['ConfigMap', 'Secret'] as const) for (const source of from(resource.name)) yield [kind, source];
      return;
    case 'secrets-store.csi.x-k8s.io/SecretProviderClass':
      for (const item of listOf(member(spec, 'secretObjects'))) yield* secret(from(member(item, 'secretName')));
      return;
    case 'isindir.github.com/SopsSecret':
      for (const item of listOf(member(spec, 'secretTemplates'))) yield* secret(from(member(item, 'name')));
      return;
  }
  if (!isCustom(resource, context) || !isObject(spec)) return;
  // Operators that write one Secret for each of their objects say its name in the object, or give it their own.
  const connection = member(spec, 'writeConnectionSecretToRef');
  const where = member(connection, 'namespace');
  yield* secret(from(member(connection, 'name'), undefined, typeof where === 'string' ? where : namespace));
  for (const path of NAMED_SECRETS) yield* secret(from(valueAt(spec, path)));
  if (SECRET_KIND.test(resource.gvk.kind)) yield* secret(from(resource.name));
}

const NAMED_SECRETS = [
  ['destination', 'name'],
  ['managedSecretReference', 'secretName'],
  ['managedSecret', 'name'],
  ['output', 'secret', 'name'],
  ['publishConnectionDetailsTo', 'name'],
  ['acme', 'privateKeySecretRef', 'name'],
];
const SECRET_KIND = /Secret|OnePasswordItem|KafkaUser/;

/** Undefined where something else fills the object too: then its file does not say all keys. */
function plainKeys(resource: Resource, members: readonly string[]): readonly string[] | undefined {
  const keys: string[] = [];
  for (const name of members) {
    const data = member(resource.object, name);
    if (data !== undefined && data !== null && !isObject(data)) return undefined;
    keys.push(...keysOf(data));
  }
  const type = member(resource.object, 'type');
  if (keys.length === 0 || type === 'kubernetes.io/service-account-token') return undefined;
  return mayBe(FILLED, annotationKeys(resource)) ? undefined : keys;
}

function externalKeys(spec: JsonValue | undefined): readonly string[] | undefined {
  const template = valueAt(spec, ['target', 'template']);
  const policy = valueAt(spec, ['target', 'creationPolicy']);
  if (policy === 'Merge' || policy === 'None' || member(template, 'templateFrom') !== undefined) return undefined;
  const ofTemplate = keysOf(member(template, 'data'));
  const isMerged = member(template, 'mergePolicy') === 'Merge';
  if (ofTemplate.length > 0 && !isMerged) return ofTemplate;
  if (listOf(member(spec, 'dataFrom')).length > 0) return undefined;
  const keys = listOf(member(spec, 'data')).flatMap((item) => {
    const key = member(item, 'secretKey');
    return typeof key === 'string' ? [key] : [];
  });
  return keys.length === 0 ? undefined : [...keys, ...ofTemplate];
}

const NO_KEYS: readonly string[] = [];

function keysOf(value: JsonValue | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : NO_KEYS;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

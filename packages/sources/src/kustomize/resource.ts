import type { Mark } from './mark.ts';
import { field, isEmpty, mapping, Node, removeField, Style, scalar, Tag } from './node.ts';
import { type Gvk, keyOf, type ResId, resId, splitApiVersion } from './res-id.ts';
import { setField } from './set-field.ts';

export type Behavior = 'create' | 'replace' | 'merge' | 'unspecified';

const NONE: readonly ResId[] = [];

/** What kustomize writes into the annotations that `buildMetadata` asks for. */
export interface BuildOrigin {
  readonly path?: string;
  readonly configuredIn?: string;
  readonly configuredBy?: { readonly apiVersion: string; readonly kind: string; readonly name?: string; readonly namespace?: string };
}

interface PreviousId {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
}

/**
 * An object on its way through a build, with what kustomize keeps in annotations of its own meanwhile (names that it had,
 * prefixes that it got …). Those never show in the object here.
 */
export class Resource {
  node: Node;
  private previous: PreviousId[] = [];
  prefixes: string[] = [];
  suffixes: string[] = [];
  behavior: Behavior = 'unspecified';
  needsHash = false;
  allowsNameChange = false;
  allowsKindChange = false;
  varNames: string[] = [];
  /** Where it came from, and what changed it, where `buildMetadata` asks for it. */
  origin: BuildOrigin | undefined;
  transformations: BuildOrigin[] = [];
  private current: ResId | undefined;
  private currentVersion = '';
  private before: readonly ResId[] = NONE;
  private beforeVersion = '';

  constructor(node: Node) {
    this.node = node;
  }

  get kind(): string {
    return this.node.kind === 'map' ? (field(this.node, 'kind')?.value ?? '') : '';
  }

  get apiVersion(): string {
    return field(this.node, 'apiVersion')?.value ?? '';
  }

  /** Kept as long as neither the version nor the kind changes: it is asked for at every field. */
  get gvk(): Gvk {
    const { apiVersion, kind, current } = this;
    if (current !== undefined && current.kind === kind && this.currentVersion === apiVersion) return current;
    return this.curId();
  }

  get name(): string {
    return this.metadataText('name');
  }

  get namespace(): string {
    return this.metadataText('namespace');
  }

  private metadataText(name: string): string {
    const value = field(field(this.node, 'metadata'), name);
    return isEmpty(value) ? '' : (value?.value ?? '');
  }

  /** The id that the object has now; unique in a build. */
  curId(): ResId {
    const { apiVersion, kind, name, namespace, current } = this;
    const isSame =
      current !== undefined &&
      current.name === name &&
      current.namespace === namespace &&
      current.kind === kind &&
      this.currentVersion === apiVersion;
    if (isSame) return current;
    this.currentVersion = apiVersion;
    this.current = resId(apiVersion, kind, name, namespace);
    return this.current;
  }

  /** The ids that it had before, the first one first; each with the group and version of now. */
  prevIds(): readonly ResId[] {
    const { apiVersion, previous } = this;
    if (previous.length === 0) return NONE;
    if (this.before.length === previous.length && this.beforeVersion === apiVersion) return this.before;
    const { group, version } = splitApiVersion(apiVersion);
    this.before = previous.map(({ kind, name, namespace }) => ({ group, version, kind, name, namespace, isClusterScoped: false }));
    this.beforeVersion = apiVersion;
    return this.before;
  }

  get previousNames(): readonly { readonly name: string }[] {
    return this.previous;
  }

  orgId(): ResId {
    return this.prevIds()[0] ?? this.curId();
  }

  anyIds(): ResId[] {
    return [...this.prevIds(), this.curId()];
  }

  storePreviousId(): void {
    const id = this.curId();
    const [, , , namespace = ''] = keyOf(id).split('|');
    this.previous.push({ name: id.name, namespace, kind: id.kind });
  }

  /** Drops where it came from and what changed it, which kustomize keeps in annotations like any other. */
  dropOrigin(): void {
    this.origin = undefined;
    this.transformations = [];
  }

  /** Drops all that kustomize keeps in annotations while it builds. */
  dropState(): void {
    this.dropOrigin();
    this.previous = [];
    this.before = NONE;
    this.prefixes = [];
    this.suffixes = [];
    this.behavior = 'unspecified';
    this.needsHash = false;
    this.allowsNameChange = false;
    this.allowsKindChange = false;
  }

  /** Takes over what another object was known by. */
  takeIdsOf(other: Resource): void {
    this.previous = [...other.previous];
    this.before = NONE;
    this.prefixes = [...other.prefixes];
    this.suffixes = [...other.suffixes];
  }

  addPrefix(prefix: string): void {
    if (prefix === '') return;
    this.prefixes.push(prefix);
  }

  addSuffix(suffix: string): void {
    if (suffix === '') return;
    this.suffixes.push(suffix);
  }

  copy(): Resource {
    const copy = new Resource(this.node.copy());
    copy.takeIdsOf(this);
    copy.behavior = this.behavior;
    copy.needsHash = this.needsHash;
    copy.allowsNameChange = this.allowsNameChange;
    copy.allowsKindChange = this.allowsKindChange;
    copy.varNames = [...this.varNames];
    copy.origin = this.origin;
    copy.transformations = [...this.transformations];
    return copy;
  }

  setName(name: string, mark: Mark): void {
    setField(this.ensureMap('metadata', mark), 'name', scalar(name, mark));
  }

  /** Sets metadata.namespace; '' removes it. */
  setNamespace(namespace: string, mark: Mark): void {
    if (namespace === '') {
      const metadata = field(this.node, 'metadata');
      if (metadata !== undefined) removeField(metadata, 'namespace');
    } else setField(this.ensureMap('metadata', mark), 'namespace', scalar(namespace, mark));
  }

  ensureMap(name: string, mark: Mark): Node {
    return ensureMapIn(this.node, name, mark);
  }

  removeField(name: string): void {
    removeField(this.node, name);
  }

  labels(): Map<string, Node> {
    return membersOf(field(field(this.node, 'metadata'), 'labels'));
  }

  annotations(): Map<string, Node> {
    return membersOf(field(field(this.node, 'metadata'), 'annotations'));
  }

  /** Writes labels or annotations anew: as texts, by name; none at all removes the mapping. */
  setMap(name: 'labels' | 'annotations', members: ReadonlyMap<string, Node>, mark: Mark): void {
    const metadata = this.ensureMap('metadata', mark);
    const before = removeField(metadata, name);
    if (members.size === 0) return;
    const map = mapping(before?.mark ?? mark);
    for (const key of [...members.keys()].sort()) {
      const value = members.get(key);
      if (value === undefined) continue;
      const text = new Node('scalar', Tag.string, value.value, value.value.includes('\n') ? Style.literal : Style.plain, value.mark);
      text.history = value.history;
      setField(map, key, text, keyOfMember(before, key)?.mark);
    }
    setField(metadata, name, map);
  }
}

function keyOfMember(map: Node | undefined, name: string): Node | undefined {
  return map?.content.find((node, index) => index % 2 === 0 && node.value === name);
}

export function ensureMapIn(node: Node, name: string, mark: Mark): Node {
  const found = field(node, name);
  if (found !== undefined) return found;
  const map = mapping(mark);
  setField(node, name, map);
  return map;
}

function membersOf(map: Node | undefined): Map<string, Node> {
  const members = new Map<string, Node>();
  if (map === undefined || map.kind !== 'map') return members;
  const { content } = map;
  for (let at = 0; at + 1 < content.length; at += 2) {
    const key = content[at];
    const value = content[at + 1];
    if (key !== undefined && value !== undefined) members.set(key.value, value);
  }
  return members;
}

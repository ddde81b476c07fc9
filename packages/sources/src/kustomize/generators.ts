import { type Loader, textOfFile } from './loader.ts';
import { LineMark, type Mark } from './mark.ts';
import { field, fields, isNull, mapping, Node, Style, scalar, Tag, textOf } from './node.ts';
import { BuildError } from './problem.ts';
import { describe, isSameId } from './res-id.ts';
import { type Behavior, ensureMapIn, Resource } from './resource.ts';
import { nameMark, type ResourceMap } from './resource-map.ts';
import { setField } from './set-field.ts';
import type { Settings } from './settings.ts';

/** A key, its bytes as text where they are UTF-8, and where it comes from. */
interface Pair {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly mark: Mark;
}

const BEHAVIORS: readonly string[] = ['create', 'replace', 'merge'];

/** Makes the object of an entry of `configMapGenerator` or `secretGenerator`. Throws a BuildError. */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  entry: Settings,
  common: Settings | undefined,
  loader: Loader,
  named?: Settings,
): Resource {
  const own = new Entry(entry);
  const name = own.text('name') || (named?.text('name') ?? '');
  const at = own.mark;
  if (name === '') throw entry.error(`a ${kind} to generate needs a name`);
  const node = mapping(at, [scalar('apiVersion', at), scalar('v1', at, Tag.string), scalar('kind', at), scalar(kind, at, Tag.string)]);
  const metadata = ensureMapIn(node, 'metadata', at);
  setField(metadata, 'name', scalar(name, own.markOf('name'), Tag.string));
  const namespace = own.text('namespace') || (named?.text('namespace') ?? '');
  if (namespace !== '') setField(metadata, 'namespace', scalar(namespace, own.markOf('namespace'), Tag.string));
  if (kind === 'Secret') setField(node, 'type', scalar(own.text('type') || 'Opaque', own.markOf('type'), Tag.string));
  const pairs = pairsOf(own, loader, name);
  if (kind === 'Secret') ensureMapIn(node, 'data', at);
  for (const pair of pairs) addPair(node, pair, kind);
  const options = own.settings.get('options');
  addMetadata(metadata, 'labels', options, common);
  addMetadata(metadata, 'annotations', options, common);
  if (options?.flag('immutable') === true || common?.flag('immutable') === true) {
    const mark = (options?.get('immutable') ?? common?.get('immutable') ?? entry).mark();
    setField(node, 'immutable', scalar('true', mark, Tag.boolean));
  }
  const resource = new Resource(node);
  const behavior = own.text('behavior');
  resource.behavior = isBehavior(behavior) ? behavior : 'unspecified';
  resource.needsHash = options?.flag('disableNameSuffixHash') !== true && common?.flag('disableNameSuffixHash') !== true;
  return resource;
}

function isBehavior(text: string): text is Behavior {
  return BEHAVIORS.includes(text);
}

/** An entry of a kustomization, with the role of a generator. */
class Entry {
  readonly settings: Settings;
  readonly mark: Mark;

  constructor(settings: Settings) {
    this.settings = settings;
    this.mark = asGenerator(settings.mark());
  }

  text(name: string): string {
    return this.settings.text(name);
  }

  markOf(name: string): Mark {
    const found = this.settings.get(name);
    return found === undefined ? this.mark : asGenerator(found.mark());
  }
}

function asGenerator(mark: Mark): Mark {
  return { file: mark.file, role: 'generator', range: () => mark.range() };
}

function pairsOf({ settings }: Entry, loader: Loader, name: string): Pair[] {
  const single = settings.get('env');
  const envs = [
    ...settings.texts('envs'),
    ...(single === undefined || single.value === '' ? [] : [{ text: String(single.value), at: single }]),
  ];
  const pairs = [
    ...envs.flatMap(({ text, at }) => linesOf(text, at, loader)),
    ...settings.texts('literals').map(({ text, at }) => literalOf(text, at)),
    ...settings.texts('files').map(({ text, at }) => fileOf(text, at, loader)),
  ];
  const seen = new Set<string>();
  for (const { key, mark } of pairs) {
    if (seen.has(key)) throw new BuildError(`"${name}" has the key "${key}" twice`, mark);
    seen.add(key);
  }
  return pairs.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function literalOf(text: string, at: Settings): Pair {
  const equals = text.indexOf('=');
  if (equals <= 0) throw at.error('a literal is written as key=value');
  const value = text.slice(equals + 1);
  const quote = value[0];
  const isQuoted = value.length >= 2 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return {
    key: text.slice(0, equals),
    bytes: new TextEncoder().encode(isQuoted ? value.slice(1, -1) : value),
    mark: asGenerator(at.mark()),
  };
}

function fileOf(text: string, at: Settings, loader: Loader): Pair {
  const parts = text.split('=');
  const [first = '', second = ''] = parts;
  if (parts.length > 2) throw at.error(`"${text}" has more than one "="; write it as key=path`);
  if (parts.length === 2 && first === '') throw at.error(`"${text}" has no key before its "="`);
  if (parts.length === 2 && second === '') throw at.error(`"${text}" has no path behind its "="`);
  const path = parts.length === 2 ? second : text;
  const file = loader.load(path, at.mark(), 'generator');
  const key = parts.length === 2 ? first : (path.replace(/\/+$/, '').split('/').pop() ?? path);
  return { key, bytes: file.bytes, mark: new LineMark(file.path, 'generator') };
}

function linesOf(path: string, at: Settings, loader: Loader): Pair[] {
  const file = loader.load(path, at.mark(), 'generator');
  const pairs: Pair[] = [];
  const lines = textOfFile(file).split('\n');
  lines.forEach((line, index) => {
    const text = line.replace(/^[\s\x85]+/u, '');
    if (text === '' || text.startsWith('#')) return;
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    if (key === '') return;
    const value = equals < 0 ? '' : text.slice(equals + 1);
    pairs.push({ key, bytes: new TextEncoder().encode(value), mark: new LineMark(file.path, 'generator', index + 1, line.length) });
  });
  return pairs;
}

function addPair(node: Node, { key, bytes, mark }: Pair, kind: 'ConfigMap' | 'Secret'): void {
  const text = kind === 'Secret' ? undefined : utf8(bytes);
  const value = text ?? encodeBase64(bytes);
  const style = value.includes('\n') ? Style.literal : Style.plain;
  const map = ensureMapIn(node, kind === 'ConfigMap' && text === undefined ? 'binaryData' : 'data', node.mark);
  setField(map, key, new Node('scalar', Tag.string, value, style, mark));
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const LINE = 70;

/** Base64 as go-yaml writes it: in lines where it is long. */
function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary);
  return text.length < LINE ? text : text.replace(/.{1,70}/g, '$&\n');
}

function addMetadata(metadata: Node, name: 'labels' | 'annotations', own: Settings | undefined, common: Settings | undefined): void {
  const entries = [...(common?.entries(name) ?? []), ...(own?.entries(name) ?? [])];
  const merged = new Map(entries.map((entry) => [entry.key, entry]));
  for (const key of [...merged.keys()].sort()) {
    const entry = merged.get(key);
    if (entry === undefined) continue;
    const mark = asGenerator(entry.at.mark());
    setField(ensureMapIn(metadata, name, mark), key, scalar(entry.text, mark, Tag.string, Style.single), asGenerator(entry.at.mark('key')));
  }
}

/** Takes a generated object in: a new one, or one that replaces or is merged into one that is there. */
export function absorb(resources: ResourceMap, resource: Resource): void {
  const id = resource.curId();
  const found = resources.byAnyId((each) => isSameId(each, id));
  const [old] = found;
  const { behavior } = resource;
  const changes = behavior === 'merge' || behavior === 'replace';
  if (old === undefined) {
    if (changes) throw new BuildError(`there is no ${describe(id)} to ${behavior}; create it`, nameMark(resource));
    resources.append(resource);
    return;
  }
  if (found.length > 1) throw new BuildError(`there is more than one ${describe(id)} to ${behavior}`, nameMark(resource));
  if (!changes) {
    throw new BuildError(`${describe(id)} is there already; the behavior of its generator must be merge or replace`, nameMark(resource));
  }
  takeMetadata(resource, old);
  if (behavior === 'merge') {
    mergeData(resource, old, 'data', resource.kind === 'Secret');
    mergeData(resource, old, 'binaryData', false);
    resource.origin = old.origin;
  }
  resources.list[resources.list.indexOf(old)] = resource;
  resources.changed();
}

function takeMetadata(resource: Resource, old: Resource): void {
  for (const name of ['labels', 'annotations'] as const) {
    const merged = new Map([...old[name](), ...resource[name]()]);
    resource.setMap(name, merged, resource.node.mark);
  }
  const [oldName, oldNamespace] = ['name', 'namespace'].map((name) => field(field(old.node, 'metadata'), name));
  resource.setName(old.name, oldName?.mark ?? resource.node.mark);
  resource.setNamespace(old.namespace, oldNamespace?.mark ?? resource.node.mark);
  resource.takeIdsOf(old);
  resource.needsHash = resource.needsHash && old.needsHash;
  resource.behavior = old.behavior;
  resource.varNames = [...old.varNames];
  resource.transformations = [...old.transformations];
}

function mergeData(resource: Resource, old: Resource, name: 'data' | 'binaryData', isSecret: boolean): void {
  const before = field(old.node, name);
  const members = new Map<string, Node>();
  for (const [key, value] of fields(before)) members.set(key.value, value.copy());
  if (isSecret) {
    const texts = field(old.node, 'stringData');
    for (const [key, value] of isNull(texts) ? [] : fields(texts)) {
      if (value.kind !== 'scalar') throw new BuildError(`the stringData of "${key.value}" is no text`, value.mark);
      const encoded = encodeBase64(new TextEncoder().encode(textOf(value)));
      members.set(key.value, new Node('scalar', Tag.string, encoded, Style.plain, value.mark));
    }
  }
  const after = field(resource.node, name);
  for (const [key, value] of fields(after)) members.set(key.value, value);
  resource.removeField(name);
  for (const key of [...members.keys()].sort()) {
    const value = members.get(key);
    if (value === undefined) continue;
    value.tag = Tag.string;
    value.style = value.value.includes('\n') ? Style.literal : Style.plain;
    setField(ensureMapIn(resource.node, name, after?.mark ?? resource.node.mark), key, value);
  }
}

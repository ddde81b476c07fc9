import { readTree, type YamlNode } from '@plumbline/core';
import { field, fields, indexOfKey, isEmpty, isNull, Node, Style, type StyleKind, Tag, textOf } from './node.ts';
import { BuildError } from './problem.ts';
import { resolvePlain } from './scalar.ts';
import { throughJson } from './through-json.ts';
import { TextMark, type WrittenText } from './written-text.ts';

/** Aliases are written out at every use: more nodes than this no honest file gives by them. */
const MAX_ALIASED = 300_000;
const MAX_DEPTH = 500;
const LONG_TAG = 'tag:yaml.org,2002:';

/** The objects of a text as kustomize takes them in: lists taken apart, each with a kind and a name. Throws a BuildError. */
export function readObjects(written: WrittenText): Node[] {
  return takeListsApart(withoutBadNodes(readDocuments(written)));
}

/** The documents of a text, anchors written out. A single `List` is its items. */
export function readDocuments(written: WrittenText): Node[] {
  const pieces = splitDocuments(written);
  const nodes: Node[] = [];
  for (const { text, start } of pieces) {
    const tree = readTree(text);
    if ('error' in tree) {
      const at = new TextMark(written, start + tree.start, start + Math.max(tree.end, tree.start));
      throw new MalformedError(`the YAML cannot be read: ${tree.error}`, at);
    }
    if (tree.root === undefined) continue;
    const node = new Converter(written, text, start).convert(tree.root, 0);
    if (isNull(node)) continue;
    const kind = textOf(field(node, 'kind'));
    const items = field(node, 'items');
    const isList = pieces.length === 1 && (kind === 'List' || kind === 'ResourceList');
    if (isList && items !== undefined) nodes.push(...items.content);
    else if (!isList || field(node, 'functionConfig') === undefined) nodes.push(node);
  }
  return nodes;
}

/** Text that is no YAML; where a path may also name a folder, this says that it named a file. */
export class MalformedError extends BuildError {}

interface Piece {
  readonly text: string;
  readonly start: number;
}

function splitDocuments(written: WrittenText): Piece[] {
  const { text } = written;
  const pieces: Piece[] = [];
  if (text === '') return pieces;
  let start = 0;
  for (const match of text.matchAll(/\n---.*\n/g)) {
    const rest = match[0].slice(4).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      const at = new TextMark(written, match.index + 1, match.index + match[0].length - 1);
      throw new MalformedError(`the document separator "---${match[0].slice(4).trimEnd()}" has text behind it`, at);
    }
    pieces.push({ text: `${text.slice(start, match.index)}\n`, start });
    start = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(start), start });
  return pieces;
}

class Converter {
  private readonly written: WrittenText;
  private readonly text: string;
  private readonly offset: number;
  private readonly open = new Set<YamlNode>();
  private aliased = 0;
  private alias: YamlNode | undefined;

  constructor(written: WrittenText, text: string, offset: number) {
    this.written = written;
    this.text = text;
    this.offset = offset;
  }

  convert(node: YamlNode, depth: number): Node {
    if (this.alias !== undefined && ++this.aliased > MAX_ALIASED) {
      throw this.fault('its aliases are written out to more nodes than any honest file has', this.alias);
    }
    if (depth > MAX_DEPTH) throw this.fault(`it is nested more than ${MAX_DEPTH} levels deep`, node);
    if (node.target !== undefined) {
      if (this.open.has(node.target)) throw this.fault(`anchor "${node.value}" contains itself`, node);
      this.open.add(node.target);
      const outer = this.alias;
      this.alias ??= node;
      const copy = this.convert(node.target, depth);
      this.open.delete(node.target);
      this.alias = outer;
      return copy;
    }
    if (node.kind === 'scalar') return this.scalar(node);
    const content = node.children.map((child) => this.convert(child, depth + 1));
    const mark = this.mark(node);
    if (node.kind === 'sequence') return new Node('seq', shortTag(node.tag) || Tag.seq, '', Style.plain, mark, content);
    const map = new Node('map', shortTag(node.tag) || Tag.map, '', Style.plain, mark, content);
    return mergeIn(map);
  }

  private scalar(node: YamlNode): Node {
    const style = node.isImplicit && node.tag === '' ? Style.plain : this.styleOf(node);
    const tag = node.tag === '!' ? '' : shortTag(node.tag);
    const implied = style === Style.plain ? resolvePlain(node.value).tag : Tag.string;
    // A tag that is written says what the text is, quotes or not.
    if (tag !== '' && tag !== Tag.string) return new Node('scalar', tag, node.value, Style.plain, this.mark(node));
    return new Node('scalar', tag === '' ? implied : tag, node.value, style, this.mark(node));
  }

  private styleOf({ start }: YamlNode): StyleKind {
    const first = this.text[start];
    if (first === '"') return Style.double;
    if (first === "'") return Style.single;
    if (first === '|') return Style.literal;
    return first === '>' ? Style.folded : Style.plain;
  }

  private mark(node: YamlNode): TextMark {
    return new TextMark(this.written, this.offset + node.start, this.offset + node.end);
  }

  private fault(message: string, node: YamlNode): BuildError {
    return new MalformedError(`the YAML cannot be read: ${message}`, this.mark(node));
  }
}

function shortTag(tag: string): string {
  return tag.startsWith(LONG_TAG) ? `!!${tag.slice(LONG_TAG.length)}` : tag;
}

/** Writes out `<<`: what is merged first gives way to what is merged later, and all of it to what the mapping has itself. */
function mergeIn(map: Node): Node {
  const at = map.content.findIndex((node, index) => index % 2 === 0 && node.tag === Tag.merge);
  if (at < 0) return map;
  const [, value] = map.content.splice(at, 2);
  const again = map.content.find((node, index) => index % 2 === 0 && node.tag === Tag.merge);
  if (again !== undefined) throw new MalformedError('a mapping has the merge key "<<" twice', again.mark);
  const own = map.content;
  map.content = [...own];
  for (const source of sourcesOf(value, map).reverse()) setAll(map, source.content);
  setAll(map, own);
  return map;
}

function sourcesOf(value: Node | undefined, map: Node): Node[] {
  const sources = value?.kind === 'seq' ? value.content : value === undefined ? [] : [value];
  for (const source of sources) {
    if (source.kind !== 'map')
      throw new MalformedError('a merge key needs a mapping or a list of mappings as its value', (value ?? map).mark);
  }
  return [...sources];
}

function setAll(map: Node, content: readonly Node[]): void {
  for (let index = 0; index + 1 < content.length; index += 2) {
    const key = content[index];
    const value = content[index + 1];
    if (key === undefined || value === undefined) continue;
    const at = indexOfKey(map, key.value);
    if (at < 0) map.push(key, value);
    else map.content.splice(at, 2, key, value);
  }
}

function withoutBadNodes(nodes: readonly Node[]): Node[] {
  const kept: Node[] = [];
  for (const node of nodes) {
    if (isEmpty(node)) continue;
    checkMetadata(node);
    kept.push(node);
  }
  return kept;
}

/** An object needs a kind and, unless it is a list, a name. */
export function checkMetadata(node: Node): void {
  const kind = textOf(field(node, 'kind'));
  const metadata = field(node, 'metadata');
  const hasAny = textOf(field(node, 'apiVersion')) !== '' || [...fields(metadata)].length > 0;
  if (kind === '')
    throw new BuildError(hasAny ? 'the object has no kind' : 'this is no Kubernetes object: it has no kind and no metadata', node.mark);
  if (kind.endsWith('List')) return;
  const name = field(metadata, 'name');
  if (isEmpty(name) || textOf(name) === '') throw new BuildError(`the ${kind} has no metadata.name`, (metadata ?? node).mark);
}

function takeListsApart(nodes: readonly Node[]): Node[] {
  const queue = [...nodes];
  const objects: Node[] = [];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at];
    if (node === undefined) continue;
    const items = textOf(field(node, 'kind')).endsWith('List') ? field(node, 'items') : undefined;
    if (items === undefined) objects.push(node);
    else if (items.kind === 'seq') queue.push(...withoutBadNodes(items.content.map(throughJson)));
    else if (!isNull(items)) throw new BuildError(`the items of the ${textOf(field(node, 'kind'))} are no list`, items.mark);
  }
  return objects;
}

import type { History, Mark } from './mark.ts';

export type Kind = 'scalar' | 'map' | 'seq';

/** How a scalar is written; it decides what its text means when a tag does not. */
export const Style = { plain: 0, double: 1, single: 2, literal: 3, folded: 4 } as const;
export type StyleKind = (typeof Style)[keyof typeof Style];

/** What a node without content holds; shared by all of them, and never written to. */
const NOTHING: Node[] = [];

/** The tags that matter, in their short form; '' is a scalar whose text decides. */
export const Tag = {
  none: '',
  string: '!!str',
  integer: '!!int',
  float: '!!float',
  boolean: '!!bool',
  null: '!!null',
  timestamp: '!!timestamp',
  binary: '!!binary',
  merge: '!!merge',
  map: '!!map',
  seq: '!!seq',
} as const;

/**
 * A node of the tree that kustomize works on: YAML that is not values yet, so that the spelling of a number stays until the
 * end. It is changed in place, as kustomize does, and knows who wrote it.
 */
export class Node {
  kind: Kind;
  tag: string;
  value: string;
  style: StyleKind;
  /** Items of a list; keys and values of a mapping in turn. */
  content: Node[];
  /** The text that gives the value. */
  mark: Mark;
  /** Who wrote it, where that is more than the text at `mark`. */
  history: History | undefined = undefined;
  /** A null that a patch must leave. */
  keep = false;

  constructor(kind: Kind, tag: string, value: string, style: StyleKind, mark: Mark, content: Node[] = NOTHING) {
    this.kind = kind;
    this.tag = tag;
    this.value = value;
    this.style = style;
    this.mark = mark;
    this.content = content;
  }

  copy(): Node {
    const { content } = this;
    const items: Node[] = content.length === 0 ? NOTHING : [];
    for (const item of content) items.push(item.copy());
    const node = new Node(this.kind, this.tag, this.value, this.style, this.mark, items);
    node.history = this.history;
    node.keep = this.keep;
    return node;
  }

  /** Adds to a list or mapping. */
  push(...nodes: Node[]): void {
    if (this.content === NOTHING) this.content = nodes;
    else this.content.push(...nodes);
  }
}

export function scalar(value: string, mark: Mark, tag: string = Tag.none, style: StyleKind = Style.plain): Node {
  return new Node('scalar', tag, value, style, mark);
}

export function mapping(mark: Mark, content?: Node[]): Node {
  return new Node('map', Tag.map, '', Style.plain, mark, content);
}

export function isNull(node: Node | undefined): boolean {
  return node === undefined || node.tag === Tag.null;
}

/** Nothing, null, `{}` or `[]`. */
export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || node.tag === Tag.null || (node.kind !== 'scalar' && node.content.length === 0);
}

export function isString(node: Node): boolean {
  return node.kind === 'scalar' && (node.tag === Tag.string || node.tag === Tag.none);
}

/** The text of a scalar, '' for null and for what is none. */
export function textOf(node: Node | undefined): string {
  return node === undefined || node.tag === Tag.null ? '' : node.value;
}

/** The index of a key in a mapping's content, −1 where there is none. */
export function indexOfKey(map: Node, name: string): number {
  const { content } = map;
  for (let at = 0; at + 1 < content.length; at += 2) if (content[at]?.value === name) return at;
  return -1;
}

/** The value of a member; undefined where the node is no mapping. */
export function field(node: Node | undefined, name: string): Node | undefined {
  if (node === undefined || node.kind !== 'map') return undefined;
  const at = indexOfKey(node, name);
  return at < 0 ? undefined : node.content[at + 1];
}

export function removeField(map: Node, name: string): Node | undefined {
  const at = map.kind === 'map' ? indexOfKey(map, name) : -1;
  return at < 0 ? undefined : map.content.splice(at, 2)[1];
}

export function* fields(map: Node | undefined): Generator<readonly [key: Node, value: Node]> {
  if (map === undefined || map.kind !== 'map') return;
  const { content } = map;
  for (let at = 0; at + 1 < content.length; at += 2) {
    const key = content[at];
    const value = content[at + 1];
    if (key !== undefined && value !== undefined) yield [key, value];
  }
}

/** Overwrites a node with what another one is; the other one has been written after it. */
export function overwrite(node: Node, by: Node): void {
  if (node === by) return;
  const isSamePlace = node.mark === by.mark;
  const before = node.history ?? { mark: node.mark, before: undefined };
  node.kind = by.kind;
  node.tag = by.tag;
  node.value = by.value;
  node.style = by.style;
  node.content = by.content;
  node.keep = by.keep;
  node.mark = by.mark;
  if (!isSamePlace) node.history = join(by.history ?? { mark: by.mark, before: undefined }, before);
}

/** Says that a value was changed by `mark`, while it still stands where it stands (a prefix was put before it). */
export function touch(node: Node, mark: Mark): void {
  const before = node.history ?? { mark: node.mark, before: undefined };
  if (before.mark !== mark) node.history = { mark, before };
}

function join(after: History, before: History): History {
  const rest = after.before === undefined ? before : join(after.before, before);
  return { mark: after.mark, before: rest };
}

/** Whether a node is what its copy was, down to who wrote it. */
export function isUntouched(node: Node, copy: Node | undefined): boolean {
  return (
    copy !== undefined &&
    node.value === copy.value &&
    node.tag === copy.tag &&
    node.style === copy.style &&
    node.mark === copy.mark &&
    node.history === copy.history &&
    node.content.length === copy.content.length &&
    node.content.every((each, index) => isUntouched(each, copy.content[index]))
  );
}

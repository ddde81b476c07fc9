import { compareElements, type Path, type PathElement } from './element.ts';

/**
 * A set of places in an object, as a tree: what a manager owns, what a comparison found. A place may be in the set itself, or only
 * lead to places that are. No node is neither. Never edited once it was handed out: sets share their parts.
 */
export type FieldSet = ReadonlyMap<PathElement, FieldNode>;

export interface FieldNode {
  readonly isMember: boolean;
  /** Places below; not empty. */
  readonly children: FieldSet | undefined;
}

export const NO_FIELDS: FieldSet = new Map();

/** A node of a set that is still being built. */
interface Open {
  isMember: boolean;
  children: Map<PathElement, Open> | undefined;
}
export type OpenSet = Map<PathElement, Open>;

/** Adds a place to a set that is being built. The whole object (an empty path) is nobody's. */
export function insert(set: OpenSet, path: Path): void {
  let at = set;
  for (let index = 0; index < path.length; index++) {
    const element = path[index] ?? '';
    let node = at.get(element);
    if (node === undefined) {
      node = { isMember: false, children: undefined };
      at.set(element, node);
    }
    if (index === path.length - 1) node.isMember = true;
    else {
      node.children ??= new Map();
      at = node.children;
    }
  }
}

export function fieldSet(paths: Iterable<Path>): FieldSet {
  const set: OpenSet = new Map();
  for (const path of paths) insert(set, path);
  return set;
}

export function hasPath(set: FieldSet, path: Path): boolean {
  let at: FieldSet | undefined = set;
  for (let index = 0; index < path.length - 1; index++) at = at?.get(path[index] ?? '')?.children;
  return at?.get(path.at(-1) ?? '')?.isMember === true;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0 || a === b) return b;
  if (b.size === 0) return a;
  const out = new Map(a);
  for (const [element, right] of b) {
    const left = out.get(element);
    if (left === right) continue;
    out.set(element, left === undefined ? right : joined(left, right));
  }
  return out;
}

function joined(left: FieldNode, right: FieldNode): FieldNode {
  const children =
    left.children === undefined ? right.children : right.children === undefined ? left.children : union(left.children, right.children);
  return { isMember: left.isMember || right.isMember, children };
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const out: Map<PathElement, FieldNode> = new Map();
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  for (const [element, left] of small) {
    const right = large.get(element);
    if (right === undefined) continue;
    const children = left.children === undefined || right.children === undefined ? undefined : intersection(left.children, right.children);
    put(out, element, left.isMember && right.isMember, children);
  }
  return out;
}

/** What is in `a` and not in `b`, place by place: what lies below a place of `b` stays. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0 || b.size === 0) return a;
  if (a === b) return NO_FIELDS;
  const out: Map<PathElement, FieldNode> = new Map();
  for (const [element, left] of a) {
    const right = b.get(element);
    if (right === undefined) {
      out.set(element, left);
      continue;
    }
    const children =
      left.children === undefined || right.children === undefined ? left.children : difference(left.children, right.children);
    put(out, element, left.isMember && !right.isMember, children);
  }
  return out;
}

/** What is in `a` and neither in `b` nor below a place of `b`. */
export function differenceBelow(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0 || b.size === 0) return a;
  const out: Map<PathElement, FieldNode> = new Map();
  for (const [element, left] of a) {
    const right = b.get(element);
    if (right === undefined) out.set(element, left);
    else if (!right.isMember) {
      const children =
        left.children === undefined || right.children === undefined ? left.children : differenceBelow(left.children, right.children);
      put(out, element, left.isMember, children);
    }
  }
  return out;
}

/** The places below which there is none. */
export function leaves(set: FieldSet): FieldSet {
  const out: Map<PathElement, FieldNode> = new Map();
  for (const [element, node] of set) {
    if (node.children === undefined) out.set(element, node);
    else put(out, element, false, leaves(node.children));
  }
  return out;
}

export function isSameSet(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [element, left] of a) {
    const right = b.get(element);
    if (right === undefined || left.isMember !== right.isMember) return false;
    if (!isSameSet(left.children ?? NO_FIELDS, right.children ?? NO_FIELDS)) return false;
  }
  return true;
}

/** Every place, in the order of FieldsV1: those of a level first, then what lies below. */
export function* pathsOf(set: FieldSet, prefix: Path = []): Generator<Path> {
  const sorted = [...set].sort(([a], [b]) => compareElements(a, b));
  for (const [element, node] of sorted) if (node.isMember) yield [...prefix, element];
  for (const [element, node] of sorted) if (node.children !== undefined) yield* pathsOf(node.children, [...prefix, element]);
}

function put(out: Map<PathElement, FieldNode>, element: PathElement, isMember: boolean, children: FieldSet | undefined): void {
  const below = children === undefined || children.size === 0 ? undefined : children;
  if (isMember || below !== undefined) out.set(element, { isMember, children: below });
}

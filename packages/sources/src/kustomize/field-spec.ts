import type { Mark } from './mark.ts';
import { field, type Kind, mapping, type Node, Style, scalar, Tag } from './node.ts';
import { BuildError } from './problem.ts';
import { isSelected } from './res-id.ts';
import type { Resource } from './resource.ts';
import { setField } from './set-field.ts';

/** Which field of which kinds something is done to; parts of the kind that are '' match all. */
export interface FieldSpec {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Names joined by `/`; lists on the way are passed through. `\/` is a slash, `name[]` must be a list. */
  readonly path: string;
  readonly create: boolean;
}

export class ConflictError extends Error {}

/** Adds specs that are not there yet. Throws a ConflictError where two differ in whether they create. */
export function mergeSpecs(own: readonly FieldSpec[], others: readonly FieldSpec[]): readonly FieldSpec[] {
  if (others.length === 0) return own;
  const merged = [...own];
  for (const other of others) {
    const same = merged.find((spec) => spec.path === other.path && isSelected(spec, other));
    if (same === undefined) merged.push(other);
    else if (same.create !== other.create) throw new ConflictError(`two field specs of the path ${other.path} differ in "create"`);
  }
  return merged;
}

export interface Creation {
  readonly kind: Kind;
  readonly tag: string;
  readonly mark: Mark;
}

/** Does something to every field that the spec means, which is created where the spec and `creation` say so. */
export function applySpec(resource: Resource, spec: FieldSpec, change: (node: Node) => void, creation?: Creation): void {
  if (isSelected(resource.gvk, spec)) walk(resource.node, pathOf(spec.path), 0, spec.create ? creation : undefined, change);
}

/** Does something to every field at the path that is there. */
export function applyPath(node: Node, path: string, change: (node: Node) => void): void {
  walk(node, pathOf(path), 0, undefined, change);
}

const paths = new Map<string, readonly string[]>();

function pathOf(path: string): readonly string[] {
  let steps = paths.get(path);
  if (steps === undefined) {
    steps = splitPath(path, '/');
    paths.set(path, steps);
  }
  return steps;
}

/** Splits a path at each delimiter that no backslash stands before. */
export function splitPath(path: string, delimiter: string): string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const steps: string[] = [parts[0] ?? ''];
  for (const part of parts.slice(1)) {
    const last = steps[steps.length - 1] ?? '';
    if (last.endsWith('\\')) steps[steps.length - 1] = last.slice(0, -1) + delimiter + part;
    else steps.push(part);
  }
  return steps;
}

function walk(node: Node, path: readonly string[], at: number, creation: Creation | undefined, change: (node: Node) => void): void {
  const step = path[at];
  if (step === undefined) {
    change(node);
    return;
  }
  if (node.tag === Tag.null) return;
  if (node.kind === 'seq') {
    for (const item of node.content) walk(item, path, at, creation, change);
    return;
  }
  if (node.kind === 'scalar') throw new BuildError(`a mapping or a list is expected here, to reach ${path.join('/')}`, node.mark);
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  if (name === '') throw new BuildError(`the path ${path.join('/')} of a field spec has an empty name`, creation?.mark ?? node.mark);
  const isLast = at === path.length - 1;
  const make = creation === undefined || isList ? undefined : isLast ? creation : { ...creation, kind: 'map' as const, tag: Tag.map };
  let found = field(node, name);
  if (found === undefined) {
    if (make === undefined) return;
    found = make.kind === 'map' ? mapping(make.mark) : scalar('', make.mark);
    setField(node, name, found);
  }
  const kind = isList ? 'seq' : make?.kind;
  if (found.tag === Tag.null && kind !== undefined) {
    found.kind = kind;
    found.tag = isList ? Tag.none : (make?.tag ?? Tag.none);
    found.value = kind === 'scalar' ? found.value : '';
    found.style = Style.plain;
  }
  walk(found, path, at + 1, creation, change);
}

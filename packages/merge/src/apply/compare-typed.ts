import { addTo, isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { ListTopology, MapTopology, Topology } from '../topology.ts';
import { isSame } from '../value.ts';
import { fieldElement, type PathElement } from './element.ts';
import { type FieldSet, insert, type OpenSet } from './field-set.ts';
import { isDecided, memberType, own, type Shape, shapeOf, tryItemElement } from './shape.ts';
import { problemsText, scalarProblem, type TypeProblem } from './validate.ts';

/** The places at which two objects of a type differ. */
export interface Comparison {
  /** In the right one only. */
  readonly added: FieldSet;
  /** In both, with different values. */
  readonly modified: FieldSet;
  /** In the left one only. */
  readonly removed: FieldSet;
}

/** Compares as server-side apply does: items of lists by their names, wherever they stand. Throws `invalid-value`. */
export function compareTyped(left: JsonValue | undefined, right: JsonValue | undefined, type: Topology): Comparison {
  const state: State = { added: new Map(), modified: new Map(), removed: new Map(), path: [], problems: [] };
  compare(left, right, type, state);
  if (state.problems.length > 0) throw new MergeError('invalid-value', problemsText(state.problems));
  return state;
}

export function isSameComparison({ added, modified, removed }: Comparison): boolean {
  return added.size === 0 && modified.size === 0 && removed.size === 0;
}

type Side = JsonValue | undefined;

interface State {
  readonly added: OpenSet;
  readonly modified: OpenSet;
  readonly removed: OpenSet;
  readonly path: PathElement[];
  readonly problems: TypeProblem[];
}

function compare(left: Side, right: Side, type: Topology, state: State): void {
  if (left === right) return;
  const shape = shapeOf(type, right === undefined ? left : right);
  let isLeaf: boolean;
  if (left === undefined || right === undefined) isLeaf = compareAs(shape, left, right, type, state);
  else {
    const leftShape = shapeOf(type, left);
    if (shape !== leftShape || isDecided(type, left) !== isDecided(type, right)) compareAs(leftShape, left, right, type, state);
    isLeaf = compareAs(shape, left, right, type, state);
  }
  if (isLeaf) return;
  if (left === undefined) insert(state.added, state.path);
  else if (right === undefined) insert(state.removed, state.path);
}

/** Whether the values were compared as a whole. */
function compareAs(shape: Shape, left: Side, right: Side, type: Topology, state: State): boolean {
  if (shape === 'map' && type.map !== undefined) return compareMaps(left, right, type.map, state);
  if (shape === 'list' && type.list !== undefined) return compareLists(left, right, type.list, state);
  if (shape === 'scalar') {
    const [leftProblem, rightProblem] = [scalarProblem(type.scalar, left), scalarProblem(type.scalar, right)];
    if (leftProblem === undefined || rightProblem === undefined) return compareWhole(left, right, state);
    state.problems.push({ path: '', message: `lhs: ${leftProblem}` }, { path: '', message: `rhs: ${rightProblem}` });
  } else state.problems.push({ path: '', message: 'schema error: invalid atom: inlined' });
  return false;
}

function compareWhole(left: Side, right: Side, state: State): true {
  if (left === undefined) insert(state.added, state.path);
  else if (right === undefined) insert(state.removed, state.path);
  else if (!isSame(left, right)) insert(state.modified, state.path);
  return true;
}

function compareMaps(leftValue: Side, rightValue: Side, type: MapTopology, state: State): boolean {
  const left = isObject(leftValue) ? leftValue : NO_MEMBERS;
  const right = isObject(rightValue) ? rightValue : NO_MEMBERS;
  const [leftKeys, rightKeys] = [Object.keys(left), Object.keys(right)];
  if (type.isAtomic || (leftKeys.length === 0 && rightKeys.length === 0)) return compareWhole(leftValue, rightValue, state);
  for (const key of leftKeys) compareAt(fieldElement(key), left[key], own(right, key), memberType(type, key), state);
  for (const key of rightKeys) {
    if (!Object.hasOwn(left, key)) compareAt(fieldElement(key), undefined, right[key], memberType(type, key), state);
  }
  return false;
}

const NO_MEMBERS: JsonObject = {};

function compareAt(element: PathElement, left: Side, right: Side, type: Topology, state: State): void {
  if (left === right) return;
  state.path.push(element);
  compare(left, right, type, state);
  state.path.pop();
}

function compareLists(leftValue: Side, rightValue: Side, type: ListTopology, state: State): boolean {
  const left = isArray(leftValue) ? leftValue : [];
  const right = isArray(rightValue) ? rightValue : [];
  if (type.kind === 'atomic' || (left.length === 0 && right.length === 0)) return compareWhole(leftValue, rightValue, state);
  const [before, after] = [byElement(left, type, state), byElement(right, type, state)];
  for (const [element, items] of before) compareItems(element, items, after.get(element) ?? [], type, state);
  for (const [element, items] of after) if (!before.has(element)) compareItems(element, [], items, type, state);
  return false;
}

function byElement(list: JsonArray, type: ListTopology, state: State): ReadonlyMap<PathElement, readonly JsonValue[]> {
  const items = new Map<PathElement, JsonValue[]>();
  for (let index = 0; index < list.length; index++) {
    const item = list[index] ?? null;
    const element = tryItemElement(type, item);
    if (typeof element !== 'string') {
      state.problems.push({ path: '', message: `element ${index}: ${element.problem}` });
      continue;
    }
    addTo(items, element, item);
  }
  return items;
}

/** Items of one name: one on each side is compared member by member, several as a whole. */
function compareItems(
  element: PathElement,
  left: readonly JsonValue[],
  right: readonly JsonValue[],
  type: ListTopology,
  state: State,
): void {
  if (left.length < 2 && right.length < 2) {
    compareAt(element, left[0], right[0], type.item, state);
    return;
  }
  const place = [...state.path, element];
  if (left.length > 1 && right.length > 1) {
    if (!isSame(left, right)) insert(state.modified, place);
  } else if (left.length > 1) {
    if (right.length > 0) compareAt(element, undefined, right[0], type.item, state);
    insert(state.removed, place);
  } else {
    if (left.length > 0) compareAt(element, left[0], undefined, type.item, state);
    insert(state.added, place);
  }
}

import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { ListTopology, MapTopology, Topology } from '../topology.ts';
import { isSame } from '../value.ts';
import { elementText, type PathElement } from './element.ts';
import { isDecided, memberType, own, shapeOf, tryItemElement } from './shape.ts';
import { problemsText, scalarProblem, type TypeProblem } from './validate.ts';

/**
 * `left` with what `right` says laid over it, as server-side apply does: maps member by member, lists by their topology, anything
 * else as a whole. Both must be valid for the type, `right` without duplicates. Shares what did not change with its inputs.
 * Throws `invalid-value`.
 */
export function mergeTyped(left: JsonValue | undefined, right: JsonValue | undefined, type: Topology): JsonValue | undefined {
  const problems: TypeProblem[] = [];
  const merged = merge(left, right, type, '', problems);
  if (problems.length > 0) throw new MergeError('invalid-value', problemsText(problems));
  return merged;
}

type Side = JsonValue | undefined;

function merge(left: Side, right: Side, type: Topology, path: string, problems: TypeProblem[]): Side {
  // What nothing is laid over stays as it is, down to its order.
  if (right === undefined || left === right) return left;
  const shape = shapeOf(type, right);
  if (left !== undefined && (shape !== shapeOf(type, left) || isDecided(type, left) !== isDecided(type, right))) {
    // Where the two sides have taken different parts of the type, the left one is looked at for its faults only.
    mergeAs(shapeOf(type, left), left, right, type, path, problems);
  }
  return mergeAs(shape, left, right, type, path, problems);
}

function mergeAs(shape: string, left: Side, right: Side, type: Topology, path: string, problems: TypeProblem[]): Side {
  if (shape === 'map' && type.map !== undefined) return mergeMaps(left, right, type.map, path, problems);
  if (shape === 'list' && type.list !== undefined) return mergeLists(left, right, type.list, path, problems);
  if (shape === 'scalar') {
    const [leftProblem, rightProblem] = [scalarProblem(type.scalar, left), scalarProblem(type.scalar, right)];
    if (leftProblem === undefined || rightProblem === undefined) return whole(left, right);
    problems.push({ path, message: `lhs: ${leftProblem}` }, { path, message: `rhs: ${rightProblem}` });
  } else problems.push({ path, message: 'schema error: invalid atom: inlined' });
  return undefined;
}

/** The right side, or the left one where it says the same: who compares later sees that nothing changed. */
function whole(left: Side, right: Side): Side {
  return right === undefined || isSame(left, right) ? left : right;
}

function mergeMaps(leftValue: Side, rightValue: Side, type: MapTopology, path: string, problems: TypeProblem[]): Side {
  const left = isObject(leftValue) ? leftValue : undefined;
  const right = isObject(rightValue) ? rightValue : undefined;
  if (type.isAtomic || (isEmptyMap(left) && isEmptyMap(right))) return whole(leftValue, rightValue);
  if (right === undefined) return left;
  let out: Record<string, JsonValue> | undefined = left === undefined ? {} : undefined;
  for (const key of Object.keys(right)) {
    const before = left === undefined ? undefined : own(left, key);
    const after = merge(before, right[key], memberType(type, key), `${path}.${key}`, problems);
    if (after === before || after === undefined) continue;
    out ??= { ...left };
    setMember(out, key, after);
  }
  return out ?? left;
}

function isEmptyMap(map: JsonObject | undefined): boolean {
  if (map !== undefined) for (const _ in map) return false;
  return true;
}

function mergeLists(leftValue: Side, rightValue: Side, type: ListTopology, path: string, problems: TypeProblem[]): Side {
  const left = isArray(leftValue) ? leftValue : undefined;
  const right = isArray(rightValue) ? rightValue : undefined;
  const isEmpty = (left === undefined || left.length === 0) && (right === undefined || right.length === 0);
  if (type.kind === 'atomic' || isEmpty) return whole(leftValue, rightValue);
  // Most lists that are applied again are what is there; to see that costs less than to name their items.
  if (left !== undefined && isSame(left, right)) return left;
  const merged = mergeItems(left ?? [], right ?? [], type, path, problems);
  return left !== undefined && isSameItems(left, merged) ? left : merged;
}

function isSameItems(a: JsonArray, b: JsonArray): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/**
 * The items of both sides. Shared ones stand in the order of the right side; those of the left side alone keep their place among
 * them as far as that goes.
 */
function mergeItems(left: JsonArray, right: JsonArray, type: ListTopology, path: string, problems: TypeProblem[]): JsonArray {
  const from = problems.length;
  const rightIndex = indexItems(right, type, path, false, problems);
  const leftIndex = indexItems(left, type, path, true, problems);
  if (problems.length > from) return [];

  const shared = rightIndex.elements.filter((element) => leftIndex.items.has(element));
  let nextShared = 0;
  const merged = new Set<PathElement>();
  const out: JsonValue[] = [];
  const take = (leftItem: Side, rightItem: Side): void => {
    // The server drops what is wrong within items of lists: both sides were found valid before.
    const item = merge(leftItem, rightItem, type.item, path, []);
    if (item !== undefined) out.push(item);
  };

  let [l, r] = [0, 0];
  while (l < leftIndex.elements.length || r < rightIndex.elements.length) {
    const leftElement = leftIndex.elements[l];
    const rightElement = rightIndex.elements[r];
    if (leftElement !== undefined && rightElement !== undefined) {
      if (leftElement === rightElement) {
        merged.add(leftElement);
        take(leftIndex.items.get(leftElement), rightIndex.items.get(leftElement));
        l++;
        r++;
        nextShared++;
        continue;
      }
      const wanted = shared[nextShared];
      if (rightIndex.items.has(leftElement) && wanted !== undefined && wanted !== leftElement) {
        // Shared, but not the one whose turn it is.
        l++;
        continue;
      }
    }
    if (leftElement !== undefined) {
      if (!rightIndex.items.has(leftElement)) {
        // By its place, not by its name: several items may have this one.
        take(left[l], undefined);
        l++;
        continue;
      }
      if (merged.has(leftElement)) l++;
    }
    if (rightElement !== undefined) {
      merged.add(rightElement);
      take(leftIndex.items.get(rightElement), rightIndex.items.get(rightElement));
      r++;
      if (shared[nextShared] === rightElement) nextShared++;
    }
  }
  return out;
}

interface Indexed {
  readonly elements: readonly PathElement[];
  /** By name; null where several items have it, which are never merged with anything. */
  readonly items: ReadonlyMap<PathElement, JsonValue>;
}

function indexItems(list: JsonArray, type: ListTopology, path: string, allowsDuplicates: boolean, problems: TypeProblem[]): Indexed {
  const elements: PathElement[] = [];
  const items = new Map<PathElement, JsonValue>();
  for (let index = 0; index < list.length; index++) {
    const item = list[index] ?? null;
    const element = tryItemElement(type, item);
    if (typeof element !== 'string') {
      problems.push({ path, message: `element ${index}: ${element.problem}` });
      continue;
    }
    const isTaken = items.has(element);
    if (isTaken && !allowsDuplicates) {
      problems.push({ path, message: `duplicate entries for key ${elementText(element)}` });
      continue;
    }
    items.set(element, isTaken ? null : item);
    elements.push(element);
  }
  return { elements, items };
}

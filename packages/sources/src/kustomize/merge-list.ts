import { field, isEmpty, isNull, Node, Style, scalar, Tag } from './node.ts';
import { setField, setScalar } from './set-field.ts';

type MergeItem = (own: Node | undefined, theirs: Node | undefined) => Node | undefined;
type Values = readonly string[];

/**
 * Merges two lists item by item: by their keys, or by their values where there are no keys. The items of the patch come first,
 * then what else the list had. Follows kyaml's walk, also where it surprises.
 */
export function mergeList(dest: Node, patch: Node | undefined, keys: Values, mergeItem: MergeItem): Node | undefined {
  const sources = [dest, patch];
  let values = keyValues([patch, dest], keys);
  let names = keys;
  if (values.length === 0 && keys.length === 0) {
    values = plainValues([patch, dest]);
    names = [''];
  }
  if (names.length > 1) fillIn(values);
  const added = new Node('seq', Tag.none, '', Style.plain, dest.mark);
  added.history = dest.history;
  let lastKeys: Values = names;
  for (const own of values) {
    if (own.length === 0) continue;
    const valid = validKeys(values, own, names);
    lastKeys = valid.keys;
    const single = validKeys([valid.values], valid.values, valid.keys);
    const [mine, theirs] = sources.map((source) => (source === undefined ? undefined : itemBy(source, single.keys, single.values)));
    const keysBefore = valid.keys.map((key) => (key === '' ? undefined : field(mine, key)?.copy()));
    const value = mergeItem(mine, theirs);
    for (const [index, before] of keysBefore.entries()) restoreKey(field(value, valid.keys[index] ?? ''), before);
    if (value === undefined || isNull(value) || (value.kind === 'map' && value.content.length === 0)) {
      setItem(dest, undefined, valid.keys, valid.values);
      continue;
    }
    valid.keys.forEach((key, index) => {
      const text = valid.values[index] ?? '';
      if (text === '' || field(value, key) !== undefined) return;
      if (key === '') setScalar(value, scalar(text, value.mark));
      else setField(value, key, scalar(text, value.mark));
    });
    setItem(added, value, valid.keys, valid.values);
  }
  return values.length === 0 ? dest : append(added, dest, lastKeys);
}

/** A key that the patch repeats to say which item it means stays where it was written. */
function restoreKey(key: Node | undefined, before: Node | undefined): void {
  if (key === undefined || before === undefined || key.value !== before.value) return;
  key.mark = before.mark;
  key.history = before.history;
}

/** The values of the keys, of every item of every list, each once. */
function keyValues(lists: readonly (Node | undefined)[], keys: Values): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  if (keys.length === 0) return found;
  for (const list of lists) {
    for (const item of list?.content ?? []) {
      const values = keys.map((key) => {
        const value = field(item, key);
        return isEmpty(value) ? '' : (value?.value ?? '');
      });
      const text = JSON.stringify(values);
      if (!seen.has(text)) found.push(values);
      seen.add(text);
    }
  }
  return found;
}

function plainValues(lists: readonly (Node | undefined)[]): string[][] {
  const seen = new Set<string>();
  for (const list of lists) for (const item of list?.content ?? []) seen.add(item.value);
  return [...seen].map((value) => [value]);
}

/** Two items that agree in a key, and where one lacks what the other has, are one: a port with and without its protocol. */
function fillIn(values: string[][]): void {
  for (let one = 0; one < values.length; one++) {
    for (let other = 0; other < values.length; other++) {
      const both = agreed(values[one] ?? [], values[other] ?? []);
      if (both === undefined) continue;
      values[one] = both;
      values[other] = both;
    }
  }
}

function agreed(a: Values, b: Values): string[] | undefined {
  let hasCommon = false;
  const both: string[] = [];
  for (let at = 0; at < a.length; at++) {
    const [left = '', right = ''] = [a[at], b[at]];
    if (left === right) hasCommon = true;
    else if (left !== '' && right !== '') return undefined;
    both.push(left === '' ? right : left);
  }
  return hasCommon ? both : undefined;
}

/** The keys that any item has; all of them where none has one. */
function validKeys(all: readonly Values[], values: Values, keys: Values): { readonly keys: Values; readonly values: Values } {
  const used = keys.map((_key, index) => all.some((each) => (each[index] ?? '') !== ''));
  if (!used.includes(true)) return { keys, values };
  return {
    keys: keys.filter((_key, index) => used[index]),
    values: values.filter((value, index) => value !== '' || used[index]),
  };
}

function itemBy(list: Node, keys: Values, values: Values): Node | undefined {
  if (keys[0] === undefined || keys[0] === '') return list.content.find((item) => item.value === (values[0] ?? ''));
  return list.content.find((item) => item.kind === 'map' && keys.every((key, index) => field(item, key)?.value === (values[index] ?? '')));
}

/** Puts an item in the place of those that have the values, or at the end; undefined takes those away. */
function setItem(list: Node, item: Node | undefined, keys: Values, values: Values): void {
  const kept: Node[] = [];
  let isFound = false;
  const needsMap = (keys[0] ?? '') !== '' && (values[0] ?? '') !== '';
  for (const each of list.content) {
    if (isNull(each) || (each.kind === 'map' && each.content.length === 0)) continue;
    if (needsMap && each.kind !== 'map') {
      kept.push(each);
      continue;
    }
    if (!hasValues(each, keys, values)) {
      if (values.length > 0) kept.push(each);
      continue;
    }
    isFound = true;
    if (item !== undefined) kept.push(item);
  }
  list.content = kept;
  if (item !== undefined && !isNull(item) && !isFound) kept.push(item);
}

function hasValues(item: Node, keys: Values, values: Values): boolean {
  let hasMatched = false;
  for (let at = 0; at < keys.length; at++) {
    if (at < values.length) {
      const key = keys[at] ?? '';
      const value = values[at] ?? '';
      if (key === '') hasMatched = item.kind === 'scalar' && item.value === value;
      else {
        const found = field(item, key);
        hasMatched = found !== undefined && (value === '' || found.value === value);
      }
    }
    if (!hasMatched) return false;
  }
  return hasMatched;
}

function append(into: Node, from: Node, keys: Values): Node {
  for (const item of [...from.content]) {
    if ((keys[0] ?? '') === '') {
      setItem(into, item, [''], [item.value]);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const value = field(item, key);
      if (value === undefined) into.push(item);
      else values.push(value.value);
    }
    if (keys.length > 1) setItem(into, undefined, keys, values);
    setItem(into, item, keys, values);
  }
  return into;
}

import { splitPath } from './field-spec.ts';
import type { Mark } from './mark.ts';
import { field, isNull, type Kind, Node, Style, scalar, Tag } from './node.ts';
import { setField } from './set-field.ts';

/** What is wrong with a path, in words; whoever has the path says where it is written. */
export class PathError extends Error {}

/** The steps of a path of a replacement: `spec.containers.[name=a.b].image`; dots in brackets separate nothing. */
export function stepsOf(path: string): string[] {
  const parts = splitPath(path, '.');
  const steps: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (!part.startsWith('[') || part.endsWith(']')) {
      steps.push(part);
      continue;
    }
    const bracketed = [part];
    while (at < parts.length - 1) {
      const next = parts[++at] ?? '';
      bracketed.push(next);
      if (next.endsWith(']')) break;
    }
    const joined = bracketed.join('.');
    steps.push(joined.includes('=') ? joined : joined.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return steps;
}

const isIndex = (step: string): boolean => /^\+?\d+$/.test(step);
const isMatch = (step: string): boolean => step.startsWith('[') && step.endsWith(']');

function matchOf(step: string): { readonly name: string; readonly value: string } {
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  if (equals < 0) throw new PathError(`"${step}" chooses no item of a list; write it as [field=value]`);
  return { name: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

/** The node at a path; undefined where there is none. Throws a PathError where the path does not fit what is there. */
export function lookUp(root: Node, steps: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const step of steps.map((each) => each.trim()).filter((each) => each !== '')) {
    if (node === undefined || isNull(node)) return undefined;
    if (isIndex(step) || step === '-' || isMatch(step)) {
      if (node.kind !== 'seq') throw new PathError(`there is no list at "${step}"`);
      if (isMatch(step)) node = itemOf(node, step);
      else node = step === '-' ? node.content[node.content.length - 1] : node.content[Number(step)];
    } else {
      if (step === '*') throw new PathError('"*" may not stand in the path of a source');
      if (node.kind !== 'map') throw new PathError(`there is no mapping at "${step}"`);
      node = field(node, step);
    }
  }
  return node;
}

function itemOf(list: Node, step: string): Node | undefined {
  const { name, value } = matchOf(step);
  if (name === '') return list.content.find((item) => item.value === value);
  return list.content.find((item) => item.kind === 'map' && field(item, name)?.value === value);
}

export interface PathSearch {
  /** The kind of what is made where nothing is there; undefined makes nothing. */
  readonly create: Kind | undefined;
  readonly mark: Mark;
  compile(pattern: string): { test(text: string): boolean } | undefined;
}

/** All nodes that a path means, made where they are not there if the search says so. Throws a PathError. */
export function findAll(node: Node | undefined, steps: readonly string[], search: PathSearch): Node[] {
  const [step, ...rest] = steps;
  if (step === undefined) return node === undefined ? [] : [node];
  if (node === undefined) return [];
  if (isIndex(step)) return findAll(itemAt(node, Number(step), rest[0], search), rest, search);
  if (isMatch(step)) return findMatching(node, step, rest, search, false);
  if (step === '*') return elementsOf(node, step).flatMap((item) => findAll(item, rest, search));
  if (!isNull(node) && node.kind !== 'map') throw new PathError(`there is no mapping at "${step}"`);
  let found = isNull(node) ? undefined : field(node, step);
  if (found === undefined) {
    if (search.create === undefined) return [];
    found = madeNode(rest[0], search);
    setField(node, step, found);
  }
  if (found.kind === 'scalar' && !isNull(found) && rest.length > 0) throw new PathError(`"${step}" is a single value, with no fields`);
  return findAll(found, rest, search);
}

function elementsOf(node: Node, step: string): readonly Node[] {
  if (isNull(node)) return [];
  if (node.kind !== 'seq') throw new PathError(`there is no list at "${step}"`);
  return node.content;
}

function itemAt(node: Node, index: number, next: string | undefined, search: PathSearch): Node {
  const { length } = elementsOf(node, String(index));
  if (length === index && search.create !== undefined) node.push(madeNode(next, search));
  const item = node.content[index];
  if (item === undefined) throw new PathError(`the list has ${length} items, so that there is none with the index ${index}`);
  return item;
}

function findMatching(node: Node, step: string, rest: readonly string[], search: PathSearch, isAgain: boolean): Node[] {
  const { name, value } = matchOf(step);
  const pattern = search.compile(value);
  if (pattern === undefined) throw new PathError(`"${value}" is no regular expression`);
  const found = elementsOf(node, step).flatMap((item) => {
    const own = name === '' ? item : field(item, name);
    if (own === undefined || !pattern.test(spellingOf(own))) return [];
    return name === '' ? [item] : findAll(item, rest, search);
  });
  if (found.length > 0 || search.create === undefined || isAgain) return found;
  const made = scalar(value, search.mark);
  const item = name === '' ? made : new Node('map', Tag.none, '', Style.plain, search.mark, [scalar(name, search.mark), made]);
  node.push(item);
  return findMatching(node, step, rest, search, true);
}

/** A scalar as it is written: a pattern is tried against its quotes too. */
function spellingOf({ value, style, kind }: Node): string {
  if (kind !== 'scalar') return '';
  if (style === Style.double) return JSON.stringify(value);
  return style === Style.single ? `'${value.replaceAll("'", "''")}'` : value;
}

function madeNode(next: string | undefined, search: PathSearch): Node {
  const isList = next !== undefined && (isMatch(next) || isIndex(next));
  const kind: Kind = isList ? 'seq' : next === undefined || next === '' ? (search.create ?? 'scalar') : 'map';
  return new Node(kind, kind === 'map' ? Tag.map : Tag.none, '', Style.plain, search.mark);
}

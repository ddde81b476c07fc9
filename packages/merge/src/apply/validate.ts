import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue, stringify } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { ListTopology, MapTopology, ScalarKind, Topology } from '../topology.ts';
import { isNumber } from '../value.ts';
import { elementText, fieldElement } from './element.ts';
import { memberType, shapeOf, tryItemElement } from './shape.ts';

/** A place and what is wrong there, in the server's words. */
export interface TypeProblem {
  /** As the server prints it: `.spec.ports[port=80]`; '' is the whole object. */
  readonly path: string;
  readonly message: string;
}

export interface ValidateOptions {
  /** Items of lists may come twice under one name, as they may in objects that are stored. */
  readonly allowsDuplicates?: boolean;
}

/** What keeps a value from being merged by its type; nothing where it can be. Values are looked at, but not their form or bounds. */
export function validate(value: JsonValue | undefined, type: Topology, options: ValidateOptions = {}): readonly TypeProblem[] {
  const problems: TypeProblem[] = [];
  walk(value, type, '', { problems, allowsDuplicates: options.allowsDuplicates ?? false });
  return problems;
}

/** As validate. Throws `invalid-value` with what it found, in the server's words. */
export function assertValid(value: JsonValue | undefined, type: Topology, options?: ValidateOptions): void {
  const problems = validate(value, type, options);
  if (problems.length > 0) throw new MergeError('invalid-value', problemsText(problems));
}

export function problemsText(problems: readonly TypeProblem[]): string {
  const lines = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return lines.length === 1 ? (lines[0] ?? '') : ['errors:', ...lines.map((line) => `  ${line}`)].join('\n');
}

interface Sink {
  readonly problems: TypeProblem[];
  readonly allowsDuplicates: boolean;
}

function walk(value: JsonValue | undefined, type: Topology, path: string, sink: Sink): void {
  const say = (message: string): void => void sink.problems.push({ path, message });
  switch (shapeOf(type, value)) {
    case 'scalar': {
      const problem = scalarProblem(type.scalar, value);
      if (problem !== undefined) say(problem);
      return;
    }
    case 'list':
      if (value === null || value === undefined) return;
      if (isArray(value) && type.list !== undefined) walkList(value, type.list, path, sink);
      else say(`expected list, got ${valueText(value)}`);
      return;
    case 'map':
      if (value === null || value === undefined) return;
      if (isObject(value) && type.map !== undefined) walkMap(value, type.map, path, sink);
      else say(`expected map, got ${valueText(value)}`);
      return;
    default:
      say('schema error: no type found matching: inlined type');
  }
}

/** What is wrong with a value as a scalar; undefined where nothing is. Null is any scalar. */
export function scalarProblem(kind: ScalarKind | undefined, value: JsonValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  switch (kind) {
    case 'numeric':
      return isNumber(value) ? undefined : `expected numeric (int or float), got ${goTypeOf(value)}`;
    case 'string':
      return typeof value === 'string' ? undefined : `expected string, got &value.valueUnstructured{Value:${goSyntaxOf(value)}}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected boolean, got ${valueText(value)}`;
    default:
      return typeof value === 'object' ? `expected any scalar, got ${valueText(value)}` : undefined;
  }
}

function walkList(list: JsonArray, type: ListTopology, path: string, sink: Sink): void {
  if (type.kind === 'atomic') {
    for (const [index, item] of list.entries()) walk(item, type.item, `${path}[${index}]`, sink);
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const element = tryItemElement(type, item);
    if (typeof element !== 'string') {
      sink.problems.push({ path, message: `element ${index}: ${element.problem}` });
      return;
    }
    if (seen.has(element) && !sink.allowsDuplicates) {
      sink.problems.push({ path, message: `duplicate entries for key ${elementText(element)}` });
    }
    seen.add(element);
    // The text of an element is made where something is wrong only.
    const from = sink.problems.length;
    walk(item, type.item, '', sink);
    if (sink.problems.length > from) prefix(sink.problems, from, path + elementText(element));
  }
}

function prefix(problems: TypeProblem[], from: number, path: string): void {
  for (let index = from; index < problems.length; index++) {
    const problem = problems[index];
    if (problem !== undefined) problems[index] = { ...problem, path: path + problem.path };
  }
}

function walkMap(map: JsonObject, type: MapTopology, path: string, sink: Sink): void {
  for (const key of Object.keys(map)) {
    const field = type.fields.get(key);
    if (field === undefined && type.values === undefined) {
      sink.problems.push({ path: path + elementText(fieldElement(key)), message: 'field not declared in schema' });
      // The server looks no further either.
      return;
    }
    const from = sink.problems.length;
    walk(map[key], memberType(type, key), '', sink);
    if (sink.problems.length > from) prefix(sink.problems, from, `${path}.${key}`);
  }
}

/** `%v` of a value that the server holds behind a pointer. */
function valueText(value: JsonValue): string {
  return `&{${goText(value)}}`;
}

/** `%v` of Go. */
function goText(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `map[${members.map((key) => `${key}:${goText(value[key] ?? null)}`).join(' ')}]`;
  }
  return String(value);
}

/** `%#v` of Go. */
function goSyntaxOf(value: JsonValue): string {
  if (value === null) return 'interface {}(nil)';
  if (isArray(value)) return `[]interface {}{${value.map(goSyntaxOf).join(', ')}}`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `map[string]interface {}{${members.map((key) => `${JSON.stringify(key)}:${goSyntaxOf(value[key] ?? null)}`).join(', ')}}`;
  }
  return stringify(value);
}

/** `%T` of Go. */
function goTypeOf(value: JsonValue): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

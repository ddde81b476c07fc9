import { isArray, isObject, type JsonValue } from '@plumbline/core';
import type { Accumulator } from './accumulator.ts';
import { applySpec } from './field-spec.ts';
import { field, isNull, isString, type Node, overwrite, Style, scalar, Tag, touch } from './node.ts';
import { BuildError } from './problem.ts';
import { effectiveNamespace, type ResId, resId } from './res-id.ts';
import type { Resource } from './resource.ts';
import type { Settings } from './settings.ts';
import { toJson } from './through-json.ts';

/** A `vars` entry: the name of a field of an object, for `$(NAME)`. */
export interface Variable {
  readonly name: string;
  readonly at: Settings;
  readonly fieldPath: string;
}

/** Notes which objects the variables of a kustomization mean, while they have the names that it knows. */
export function noteVariables(accumulator: Accumulator, entries: readonly Settings[]): void {
  for (const at of entries) {
    const variable: Variable = { name: at.text('name'), at, fieldPath: at.get('fieldref')?.text('fieldPath') || 'metadata.name' };
    const target = targetOf(at);
    const isMeant = (id: ResId): boolean =>
      id.name === target.name &&
      id.kind === target.kind &&
      id.group === target.group &&
      id.version === target.version &&
      (target.namespace === '' || effectiveNamespace(id) === effectiveNamespace(target));
    const found = accumulator.resources.byAnyId(isMeant);
    if (found.length > 1) throw at.error(`the variable "${variable.name}" means ${found.length} objects; name the namespace of one`);
    found[0]?.varNames.push(variable.name);
    accumulator.addVariable(variable);
  }
}

function targetOf(at: Settings): ResId {
  const objref = at.get('objref');
  const text = (name: string): string => objref?.text(name) ?? '';
  const apiVersion = text('apiVersion');
  const parts = apiVersion.split('/');
  const group = parts.length === 2 ? (parts[0] ?? '') : text('group');
  const version =
    parts.length === 2 ? (parts[1] ?? '') : apiVersion === '' ? text('version') : parts.length === 1 ? apiVersion : text('version');
  const id = resId(group === '' ? version : `${group}/${version}`, text('kind'), text('name'), text('namespace'));
  // The kind of a variable is decoded without its scope.
  return { ...id, isClusterScoped: false };
}

interface Value {
  readonly value: string | number | bigint | boolean;
  readonly node: Node;
}

/** Puts the values of the variables where they are referred to. */
export function resolveVariables({ resources, variables, config }: Accumulator): void {
  if (variables.size === 0) return;
  const values = new Map<string, Value>();
  for (const variable of [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const owner = resources.list.find(({ varNames }) => varNames.includes(variable.name));
    if (owner === undefined) {
      throw variable.at.error(`the variable "${variable.name}" means an object that is not there`);
    }
    const node = fieldAt(owner, variable.fieldPath);
    if (node === undefined) {
      throw (variable.at.get('fieldref') ?? variable.at).error(
        `the object of the variable "${variable.name}" has no field ${variable.fieldPath}`,
      );
    }
    const value = node.kind === 'scalar' && node.tag === Tag.string ? node.value : toJson(node);
    if (isPrimitive(value)) values.set(variable.name, { value, node: node.copy() });
    else if (value === null) values.set(variable.name, { value: node.value, node: node.copy() });
  }
  for (const resource of resources.list)
    for (const spec of config.varReference) applySpec(resource, spec, (node) => replaceIn(node, values));
}

function isPrimitive(value: JsonValue): value is Value['value'] {
  return value !== null && !isArray(value) && !isObject(value);
}

/** `spec.ports[0].port`: a field by the path of a variable. */
export function fieldAt(resource: Resource, path: string): Node | undefined {
  let node: Node | undefined = resource.node;
  for (const part of path.split('.')) {
    const [, name = part, index] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
    if (name !== '') node = node?.kind === 'seq' && /^\d+$/.test(name) ? node.content[Number(name)] : field(node, name);
    if (index !== undefined) node = node?.kind === 'seq' ? node.content[Number(index)] : undefined;
    if (node === undefined || isNull(node)) return undefined;
  }
  return node;
}

function replaceIn(node: Node, values: ReadonlyMap<string, Value>): void {
  if (isNull(node)) return;
  if (node.kind === 'scalar') {
    if (isString(node)) replace(node, values);
    return;
  }
  const isMap = node.kind === 'map';
  node.content.forEach((child, index) => {
    if (isMap && index % 2 === 0) {
      if (!isString(child)) throw new BuildError(`the key "${child.value}" is no text, where variables are replaced`, child.mark);
    } else if (isString(child)) replace(child, values);
    else if (!isMap) throw new BuildError('only texts may stand where variables are replaced', child.mark);
  });
}

function replace(node: Node, values: ReadonlyMap<string, Value>): void {
  const text = node.value;
  if (!text.includes('$')) {
    // Kustomize writes the text anew also where nothing is replaced: it is a text from now on.
    node.tag = Tag.string;
    node.style = Style.plain;
    return;
  }
  const parts = expand(text, values);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') {
    const { value, node: source } = only;
    const whole = scalar(String(value), source.mark, tagOf(value));
    whole.history = source.history;
    overwrite(node, whole);
    return;
  }
  for (const part of parts) if (typeof part !== 'string') touch(node, part.node.mark);
  node.value = parts.map((part) => (typeof part === 'string' ? part : String(part.value))).join('');
  node.tag = Tag.string;
  node.style = Style.plain;
}

/** The text in pieces, the references that are known as values. `$$` is one `$`; what is unknown stays as it is. */
function expand(text: string, values: ReadonlyMap<string, Value>): (string | Value)[] {
  const parts: (string | Value)[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$' || at + 1 >= text.length) continue;
    if (at > from) parts.push(text.slice(from, at));
    const next = text[at + 1];
    const close = next === '(' ? text.indexOf(')', at + 2) : -1;
    if (close > 0) {
      const name = text.slice(at + 2, close);
      parts.push(values.get(name) ?? text.slice(at, close + 1));
      at = close;
    } else {
      parts.push(next === '$' ? '$' : text.slice(at, at + 2));
      at++;
    }
    from = at + 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function tagOf(value: Value['value']): string {
  if (typeof value === 'boolean') return Tag.boolean;
  if (typeof value === 'string') return Tag.string;
  return typeof value === 'bigint' || Number.isInteger(value) ? Tag.integer : Tag.float;
}

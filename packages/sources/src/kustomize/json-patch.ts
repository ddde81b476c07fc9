import { isEqual, isObject, type JsonValue, member } from '@plumbline/core';
import type { Mark } from './mark.ts';
import { field, indexOfKey, type Node, removeField, scalar, Tag } from './node.ts';
import { BuildError } from './problem.ts';
import { describe } from './res-id.ts';
import type { Resource } from './resource.ts';
import { fromJson, throughJson, toJson } from './through-json.ts';

/** One operation of RFC 6902, and where it is written. */
export interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from: string;
  readonly value: JsonValue | undefined;
  /** The written value; undefined where there is none. */
  readonly written: Node | undefined;
  readonly mark: Mark;
}

/** The operations of a patch; undefined where it is no list of mappings. */
export function operationsOf(value: JsonValue | undefined, written: Node | undefined, fallback: Mark): readonly Operation[] | undefined {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || !value.every(isObject)) return undefined;
  return value.map((item: JsonValue, index): Operation => {
    const node = written?.kind === 'seq' ? written.content[index] : undefined;
    const text = (name: string): string => {
      const found = member(item, name);
      return typeof found === 'string' ? found : '';
    };
    return {
      op: text('op'),
      path: text('path'),
      from: text('from'),
      value: member(item, 'value'),
      written: field(node, 'value'),
      mark: (field(node, 'path') ?? node)?.mark ?? fallback,
    };
  });
}

/** Applies a patch as evanphx/json-patch 4 does. The whole object is JSON afterwards. Throws a BuildError at the operation that fails. */
export function applyJsonPatch(resource: Resource, operations: readonly Operation[]): void {
  // The object is written and read again: no two of its fields are one node any more.
  resource.node.content = resource.node.copy().content;
  throughJson(resource.node);
  for (const operation of operations) new Step(resource, operation).run();
  throughJson(resource.node);
}

class Step {
  private readonly resource: Resource;
  private readonly operation: Operation;

  constructor(resource: Resource, operation: Operation) {
    this.resource = resource;
    this.operation = operation;
  }

  run(): void {
    const { op, path, from } = this.operation;
    if (op === 'add') this.add(path, this.value());
    else if (op === 'remove') this.remove(path);
    else if (op === 'replace') this.replace(path);
    else if (op === 'move') {
      const moved = this.get(from);
      this.remove(from);
      this.add(path, moved ?? this.nothing());
    } else if (op === 'copy') this.add(path, this.get(from)?.copy() ?? this.nothing());
    else if (op === 'test') this.test(path);
    else throw this.fail(`"${op}" is no operation; it is add, remove, replace, move, copy or test`);
  }

  private value(): Node {
    const { value, written, mark } = this.operation;
    return value === undefined ? this.nothing() : fromJson(value, written, written?.mark ?? mark);
  }

  private nothing(): Node {
    return scalar('null', this.operation.mark, Tag.null);
  }

  /** The mapping or list that holds what the path means, and its key there. */
  private find(path: string): { readonly container: Node; readonly key: string } {
    const parts = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const key = parts[parts.length - 1] ?? '';
    let container: Node | undefined = parts.length < 2 ? undefined : this.resource.node;
    for (const part of parts.slice(1, -1)) {
      container = container === undefined ? undefined : childOf(container, part);
      if (container?.kind === 'scalar') container = undefined;
    }
    if (container === undefined) throw this.fail(`the path "${path}" is not there`);
    return { container, key };
  }

  private get(path: string): Node | undefined {
    const { container, key } = this.find(path);
    if (container.kind === 'map') return field(container, key);
    return container.content[this.index(key, container.content.length)];
  }

  private index(key: string, length: number): number {
    const index = /^[-+]?\d+$/.test(key) ? Number(key) : Number.NaN;
    const at = index < 0 ? index + length : index;
    if (Number.isNaN(at) || at < 0 || at >= length) throw this.fail(`the list has no item ${key}`);
    return at;
  }

  private add(path: string, value: Node): void {
    const { container, key } = this.find(path);
    if (container.kind === 'map') this.put(container, key, value);
    else if (key === '-') container.push(value);
    else {
      const at = this.index(key, container.content.length + 1);
      container.content = [...container.content.slice(0, at), value, ...container.content.slice(at)];
    }
  }

  private put(map: Node, key: string, value: Node): void {
    const at = indexOfKey(map, key);
    const before = at < 0 ? undefined : map.content[at + 1];
    if (before !== undefined && value.history === undefined) {
      value.history = { mark: value.mark, before: before.history ?? { mark: before.mark, before: undefined } };
    }
    if (at < 0) map.push(scalar(key, this.operation.mark, Tag.string), value);
    else map.content[at + 1] = value;
  }

  private remove(path: string): void {
    const { container, key } = this.find(path);
    if (container.kind === 'seq') container.content.splice(this.index(key, container.content.length), 1);
    else if (removeField(container, key) === undefined) throw this.fail(`there is no field "${key}" to remove at "${path}"`);
  }

  private replace(path: string): void {
    const value = this.value();
    if (path === '') {
      if (value.kind === 'scalar') throw this.fail('an object can be replaced by a mapping only');
      this.resource.node = value;
      return;
    }
    const { container, key } = this.find(path);
    if (container.kind === 'map') this.put(container, key, value);
    else {
      const at = this.index(key, container.content.length);
      const before = container.content[at];
      if (before !== undefined) {
        value.history = { mark: value.mark, before: before.history ?? { mark: before.mark, before: undefined } };
      }
      container.content[at] = value;
    }
  }

  private test(path: string): void {
    const found = path === '' ? this.resource.node : this.get(path);
    const own = found === undefined ? null : toJson(found, path === '');
    const wanted = this.operation.value ?? null;
    if (!isEqual(own, wanted)) throw this.fail(`the test at "${path}" fails`);
  }

  private fail(message: string): BuildError {
    return new BuildError(`the patch does not fit ${describe(this.resource.curId())}: ${message}`, this.operation.mark);
  }
}

function childOf(container: Node, part: string): Node | undefined {
  if (container.kind === 'map') return field(container, part);
  if (!/^[-+]?\d+$/.test(part)) return undefined;
  const index = Number(part);
  return container.content[index < 0 ? index + container.content.length : index];
}

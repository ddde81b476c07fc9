import { isArray, isObject, type JsonValue } from '@plumbline/core';
import { MergeError, type MergeErrorCode } from '../merge-error.ts';
import { isSame } from '../value.ts';
import { type JsonPatchOperation, readJsonPatch } from './operation.ts';
import { type Edit, editAt, indexOf, lookUp, readPointer, withChild } from './pointer.ts';

/**
 * A document with a patch of RFC 6902 applied, all of it or none. The document is not edited; what did not change is shared.
 * Throws `invalid-patch`, `no-such-path` and `test-failed`, each with the number of the operation.
 */
export function applyJsonPatch(document: JsonValue, patch: JsonValue | readonly JsonPatchOperation[]): JsonValue {
  // Operations are JSON themselves; read again, since types do not hold at the edges.
  const operations = readJsonPatch(patch as JsonValue);
  return operations.reduce((before, operation, index) => applyOperation(before, operation, index), document);
}

export function applyOperation(document: JsonValue, operation: JsonPatchOperation, index: number): JsonValue {
  const at = new Place(operation, index);
  const path = at.steps(operation.path);
  switch (operation.op) {
    case 'add':
      return add(document, path, operation.value, at);
    case 'remove':
      return remove(document, path, at);
    case 'replace':
      return path.length === 0 ? operation.value : (editAt(document, path, replacing(operation.value)) ?? at.missing(operation.path));
    case 'move': {
      const from = at.steps(operation.from);
      if (from.length < path.length && from.every((step, depth) => step === path[depth])) {
        throw at.error('invalid-patch', 'a value cannot be moved into itself');
      }
      const value = lookUp(document, from) ?? at.missing(operation.from);
      return add(remove(document, from, at), path, value, at);
    }
    case 'copy':
      return add(document, path, lookUp(document, at.steps(operation.from)) ?? at.missing(operation.from), at);
    case 'test': {
      const found = lookUp(document, path);
      if (found === undefined) return at.missing(operation.path);
      if (!isSame(found, operation.value)) throw at.error('test-failed', 'the value there is another one');
      return document;
    }
  }
}

/** Which operation is at fault, for messages. */
class Place {
  private readonly operation: JsonPatchOperation;
  private readonly index: number;
  constructor(operation: JsonPatchOperation, index: number) {
    this.operation = operation;
    this.index = index;
  }

  steps(pointer: string): readonly string[] {
    const steps = readPointer(pointer);
    if ('problem' in steps) throw this.error('invalid-patch', steps.problem);
    return steps;
  }

  missing(pointer: string): never {
    throw this.error('no-such-path', pointer === this.operation.path ? 'there is no such place' : `there is no "${pointer}"`);
  }

  error(code: MergeErrorCode, what: string): MergeError {
    const { op, path } = this.operation;
    return new MergeError(code, `operation ${this.index} (${op} "${path}"): ${what}`, { operation: this.index });
  }
}

function add(document: JsonValue, path: readonly string[], value: JsonValue, at: Place): JsonValue {
  return path.length === 0 ? value : (editAt(document, path, adding(value)) ?? at.missing(`/${path.join('/')}`));
}

function remove(document: JsonValue, path: readonly string[], at: Place): JsonValue {
  return path.length === 0 ? null : (editAt(document, path, removing) ?? at.missing(`/${path.join('/')}`));
}

function adding(value: JsonValue): Edit {
  return (holder, step) => {
    if (!isArray(holder)) return withChild(holder, step, value);
    const index = step === '-' ? holder.length : indexOf(step);
    return index === undefined || index > holder.length ? undefined : holder.toSpliced(index, 0, value);
  };
}

function replacing(value: JsonValue): Edit {
  return (holder, step) => (lookUp(holder, [step]) === undefined ? undefined : withChild(holder, step, value));
}

const removing: Edit = (holder, step) => {
  if (lookUp(holder, [step]) === undefined) return undefined;
  if (isArray(holder)) return holder.toSpliced(Number(step), 1);
  if (!isObject(holder)) return undefined;
  const { [step]: _, ...rest } = holder;
  return rest;
};

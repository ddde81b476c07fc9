import type { Document } from '../read/document.ts';
import { isArray, type JsonValue, member, valueAt } from '../values/json.ts';
import { resolvePath } from './repository-path.ts';

/** The file name that Chainsaw looks for in each folder of tests. */
export function isChainsawTest(name: string): boolean {
  return name === 'chainsaw-test.yaml' || name === 'chainsaw-test.yml';
}

/** Operations that compare a part of an object with the cluster, or patch it. */
const OF_PARTS = ['assert', 'error', 'patch'];

/**
 * The files that a Chainsaw test only compares with the cluster or patches it with: parts of objects, never applied alone.
 * What it applies over objects that an earlier step has applied is such a part too.
 */
export function testInputs(
  folder: string,
  documents: readonly Document[],
  read: (path: string) => readonly Document[] | undefined,
): readonly string[] {
  const parts = new Set<string>();
  const whole = new Set<string>();
  const applied = new Set<string>();
  for (const operation of operationsOf(documents)) {
    for (const name of OF_PARTS) {
      const path = fileOf(operation, name, folder);
      if (path !== undefined) parts.add(path);
    }
    for (const name of ['create', 'apply', 'update']) {
      const path = fileOf(operation, name, folder);
      if (path === undefined) continue;
      const objects = identities(read(path) ?? []);
      if (name !== 'create' && objects.length > 0 && objects.every((object) => applied.has(object))) parts.add(path);
      else whole.add(path);
      for (const object of objects) applied.add(object);
    }
  }
  return [...parts].filter((path) => !whole.has(path));
}

function* operationsOf(documents: readonly Document[]): Generator<JsonValue> {
  for (const { value } of documents) {
    const apiVersion = member(value, 'apiVersion');
    if (typeof apiVersion !== 'string' || !apiVersion.startsWith('chainsaw.kyverno.io/') || member(value, 'kind') !== 'Test') continue;
    for (const step of list(valueAt(value, ['spec', 'steps']))) {
      for (const phase of ['try', 'catch', 'finally', 'cleanup']) yield* list(member(step, phase));
    }
  }
}

function fileOf(operation: JsonValue, name: string, folder: string): string | undefined {
  const file = member(member(operation, name), 'file');
  return typeof file === 'string' ? resolvePath(folder, file) : undefined;
}

function identities(documents: readonly Document[]): readonly string[] {
  return documents
    .filter(({ value }) => value !== null)
    .map(({ value }) =>
      [member(value, 'kind'), valueAt(value, ['metadata', 'namespace']), valueAt(value, ['metadata', 'name'])].map(String).join('\n'),
    );
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

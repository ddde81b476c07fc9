import type { Document } from '../document.ts';
import { isArray, type JsonValue, member, valueAt } from '../json.ts';
import { resolvePath } from './repository-path.ts';

/** The file name that Chainsaw looks for in each folder of tests. */
export function isChainsawTest(name: string): boolean {
  return name === 'chainsaw-test.yaml' || name === 'chainsaw-test.yml';
}

/** Operations that send a whole object to the cluster; the others compare parts of objects with it, or patch it. */
const WHOLE = new Set(['apply', 'create', 'update']);

/** The files that a Chainsaw test only compares with the cluster or patches it with: parts of objects, never applied. */
export function testInputs(folder: string, documents: readonly Document[]): readonly string[] {
  const parts = new Set<string>();
  const whole = new Set<string>();
  for (const { value } of documents) {
    const apiVersion = member(value, 'apiVersion');
    if (typeof apiVersion !== 'string' || !apiVersion.startsWith('chainsaw.kyverno.io/') || member(value, 'kind') !== 'Test') continue;
    for (const step of list(valueAt(value, ['spec', 'steps']))) {
      for (const phase of ['try', 'catch', 'finally', 'cleanup']) {
        for (const operation of list(member(step, phase))) {
          for (const name of ['assert', 'error', 'patch', ...WHOLE]) {
            const file = member(member(operation, name), 'file');
            const path = typeof file === 'string' ? resolvePath(folder, file) : undefined;
            if (path !== undefined) (WHOLE.has(name) ? whole : parts).add(path);
          }
        }
      }
    }
  }
  return [...parts].filter((path) => !whole.has(path));
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

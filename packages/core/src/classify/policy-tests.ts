import type { Document } from '../read/document.ts';
import { isArray, member } from '../values/json.ts';
import { folderOf, resolvePath } from './repository-path.ts';

/** The file name of the command's own policy tests. */
export function isPolicyTest(name: string): boolean {
  return name === 'plumbline-test.yaml' || name === 'plumbline-test.yml';
}

/** Tells the inputs of policy tests, which are judged by the tests and never applied: all below `pass` and `fail`, and what results name. */
export function policyTestInputs(
  tests: readonly { readonly path: string; readonly documents: readonly Document[] }[],
): (path: string) => boolean {
  const folders: string[] = [];
  const named = new Set<string>();
  for (const { path, documents } of tests) {
    const folder = folderOf(path);
    for (const name of ['pass', 'fail']) folders.push(folder === '' ? `${name}/` : `${folder}/${name}/`);
    for (const { value } of documents) {
      const results = member(value, 'results');
      for (const result of isArray(results) ? results : [])
        for (const key of ['resource', 'mutated']) {
          const file = member(result, key);
          const place = typeof file === 'string' ? resolvePath(folder, file) : undefined;
          if (place !== undefined) named.add(place);
        }
    }
  }
  return (path) => named.has(path) || folders.some((folder) => path.startsWith(folder));
}

import { join, posix } from 'node:path';
import { ConfigError, type Document, isObject, type JsonObject, parse, type SourceFile } from '@plumbline/core';
import { readPaths } from '@plumbline/sources';

/** An object of a file, and the document that it is. */
export interface FileObject {
  readonly object: JsonObject;
  readonly document: Document;
  readonly path: string;
}

/** Reads the files that tests name, each once. */
export interface TestFiles {
  /** The objects of a file, or of the files right in a folder; `from` is the folder that the path is relative to. Throws a ConfigError where it cannot be read. */
  objects(from: string, path: string): Promise<readonly FileObject[]>;
}

/** `root`: absolute; the paths of files are relative to it. */
export function createTestFiles(root: string): TestFiles {
  const known = new Map<string, Promise<readonly FileObject[]>>();
  return {
    objects(from, path) {
      const place = path.startsWith('/') ? path : posix.normalize(posix.join(from, path));
      let objects = known.get(place);
      if (objects === undefined) {
        objects = read(place, root);
        known.set(place, objects);
      }
      return objects;
    },
  };
}

async function read(path: string, root: string): Promise<readonly FileObject[]> {
  const { files, problems } = await readPaths([path.startsWith('/') ? path : join(root, path)], { root, cwd: root });
  const [problem] = problems;
  if (problem !== undefined)
    throw new ConfigError('usage', problem.message.replace(JSON.stringify(join(root, path)), JSON.stringify(path)));
  return files.flatMap(objectsOf);
}

/** The objects of a file, those of lists one by one. Throws a ConfigError where a document cannot be read. */
export function objectsOf(file: SourceFile): readonly FileObject[] {
  return parse(file).flatMap((document): readonly FileObject[] => {
    const { value, problems, range } = document;
    if (value === undefined) {
      const [problem] = problems;
      throw new ConfigError('usage', `${file.path}:${problem?.range.line ?? range.line}: ${problem?.message ?? 'cannot be read'}`);
    }
    if (!isObject(value)) return [];
    if (value.kind === 'List' && Array.isArray(value.items))
      return value.items.flatMap((object) => (isObject(object) ? [{ object, document, path: file.path }] : []));
    return [{ object: value, document, path: file.path }];
  });
}

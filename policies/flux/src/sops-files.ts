import { member, type ParsedFile, type Repository, reachOfFolder } from '@plumbline/core';

const byPath = new WeakMap<Repository, ReadonlyMap<string, ParsedFile>>();

/** The files that SOPS has encrypted among the manifests that a build of a folder holds, in order of path. */
export function encryptedIn(folder: string, repository: Repository): readonly ParsedFile[] {
  let files = byPath.get(repository);
  if (files === undefined) {
    files = new Map(repository.filesBelow('').flatMap((file) => (isForFlux(file) ? [[file.file.path, file] as const] : [])));
    byPath.set(repository, files);
  }
  if (files.size === 0) return [];
  const found = new Set<ParsedFile>();
  for (const node of reachOfFolder(repository.graph, folder))
    for (const path of node.files) {
      const file = files.get(path);
      if (file !== undefined) found.add(file);
    }
  return [...found].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** An operator decrypts its own kinds in the cluster. */
function isForFlux({ encrypted, documents }: ParsedFile): boolean {
  return encrypted === true && documents.some(({ value }) => member(value, 'kind') === 'Secret');
}

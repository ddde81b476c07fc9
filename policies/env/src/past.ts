import type { Repository, Resource, RunVersion } from '@plumbline/core';

/** The file that sets a version. */
export function fileOfVersion(resource: Resource, { path }: RunVersion): string {
  return resource.locate?.(path)?.file ?? resource.document.file.path;
}

/** Whether the file that sets a version has it as text. A chart's template has not: what its values were is not told by its history. */
export function isWrittenInFile(resource: Resource, run: RunVersion, repository: Repository): boolean {
  const path = fileOfVersion(resource, run);
  const file = repository.filesBelow(path.slice(0, Math.max(0, path.lastIndexOf('/')))).find((one) => one.file.path === path);
  return file !== undefined && namesVersion(file.text, run.version);
}

/**
 * How a version is written: `#.#.#`, `#.#.#-rc.#`, a commit, a digest. Undefined for what names no single version: a range, a branch, `latest`.
 * Versions that are written in different ways may be names of one image.
 */
export function schemeOf(version: string): string | undefined {
  if (/^sha256:[0-9a-f]{64}$/.test(version)) return 'digest';
  if (/^[0-9a-f]{7,40}$/.test(version)) return 'commit';
  if (!/^[\w][\w.+-]*$/.test(version) || !/\d/.test(version) || /(?:^|\.)[xX](?:\.|$)/.test(version)) return undefined;
  return version.replace(/^v(?=\d)/, '').replace(/(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])|\d+/g, '#');
}

/** Whether a text has a version in it, as a word of its own: `1.2.0` is not in `11.2.0` or `1.2.0.1`, and is in `v1.2.0`. */
export function namesVersion(text: string, version: string): boolean {
  const plain = version.replace(/^v(?=\d)/, '');
  for (let at = text.indexOf(plain); at >= 0; at = text.indexOf(plain, at + 1)) {
    const lead = text.slice(Math.max(0, at - 2), at);
    const rest = text.slice(at + plain.length, at + plain.length + 2);
    if (/(?:^|[^A-Za-z0-9.])v?$/.test(lead) && !/^(?:[\w+-]|\.\w)/.test(rest)) return true;
  }
  return false;
}

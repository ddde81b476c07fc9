import type { Resource, RunVersion } from '@plumbline/core';

/** The file that sets a version. */
export function fileOfVersion(resource: Resource, { path }: RunVersion): string {
  return resource.locate?.(path)?.file ?? resource.document.file.path;
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

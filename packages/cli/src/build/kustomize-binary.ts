import { spawnSync } from 'node:child_process';
import { isObject, type JsonObject, readStream } from '@plumbline/core';

/** What the program printed, or why it did not. */
export type BinaryBuild = { readonly program: string; readonly objects: readonly JsonObject[] } | { readonly failed: string };

const PROGRAMS: readonly (readonly [program: string, ...verb: string[]])[] = [
  ['kustomize', 'build', '--enable-alpha-plugins', '--enable-exec', '--enable-helm'],
  ['kubectl', 'kustomize', '--enable-alpha-plugins', '--enable-helm'],
];

/** Builds a folder (absolute) with the Kustomize that is installed. It may run plugins and helm, and fetch: only where the user asked for it. */
export function buildWithBinary(folder: string): BinaryBuild {
  for (const [program, ...verb] of PROGRAMS) {
    const { status, stdout, stderr, error } = spawnSync(program, [...verb, folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue; // spawn fails with system errors
    if (error !== undefined) return { failed: `${program}: ${error.message}` };
    if (status !== 0) return { failed: `${program}: ${stderr.trim().split('\n').pop() ?? ''}` };
    const objects = readStream(stdout).flatMap((each) => ('value' in each && isObject(each.value) ? [each.value] : []));
    return { program, objects };
  }
  return { failed: 'neither kustomize nor kubectl is installed' };
}

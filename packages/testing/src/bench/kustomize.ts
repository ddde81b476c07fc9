import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildKustomization, folderReader } from '@plumbline/sources';
import type { Print } from './drift.ts';

/** How fast all kustomizations of gitops/medium-a are built that the binary builds offline, with the binary's total beside it where there is one. */
export function benchKustomize(root: string, scratch: string, runs: number, print: Print): void {
  const archive = join(root, '../shared/suites/gitops/medium-a.tgz');
  if (!existsSync(archive)) {
    print(`skipped: there is no ${archive}\n`);
    return;
  }
  spawnSync('tar', ['-xzf', archive, '-C', scratch]);
  const tree = join(scratch, 'medium-a');
  const all = readdirSync(tree)
    .sort()
    .flatMap((repository) => kustomizationsIn(join(tree, repository)).map((folder) => ({ top: join(tree, repository), folder })));
  const theirs = all.map(({ top, folder }) => ({ top, folder, ...builtByBinary(top, folder) }));
  const hasBinary = theirs.some(({ isBuilt }) => isBuilt);
  const counted = hasBinary ? theirs.filter(({ isBuilt }) => isBuilt) : theirs;
  const times: number[] = [];
  let done = 0;
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    done = 0;
    const readers = new Map<string, ReturnType<typeof folderReader>>();
    for (const { top, folder } of counted) {
      // Nothing is kept from run to run: files are read and parsed anew.
      const reader = readers.get(top) ?? folderReader(top);
      readers.set(top, reader);
      if ('resources' in buildKustomization(folder, reader)) done++;
    }
    times.push(performance.now() - started);
  }
  const [fastest = 0, median = 0] = [Math.min(...times), times.sort((a, b) => a - b)[times.length >> 1]];
  print(
    `${counted.length} kustomizations of gitops/medium-a, ${done} built: ${Math.round(median)} ms in all (median of ${runs}; the fastest ${Math.round(fastest)} ms)\n`,
  );
  const total = counted.reduce((sum, { ms }) => sum + ms, 0);
  print(
    hasBinary ? `the binary, one process each: ${Math.round(total)} ms in all\n` : 'kustomize is not installed: nothing to compare with\n',
  );
}

function kustomizationsIn(top: string): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/^(?:kustomization\.ya?ml|Kustomization)$/.test(name)) found.push(relative(top, dirname(path)));
    }
  };
  walk(top);
  return found;
}

/** With nothing to fetch from: what needs the network fails. */
function builtByBinary(top: string, folder: string): { readonly isBuilt: boolean; readonly ms: number } {
  const env = { ...process.env, GIT_ALLOW_PROTOCOL: 'none', HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
  const started = performance.now();
  const { status } = spawnSync('kustomize', ['build', folder === '' ? '.' : folder], {
    cwd: top,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { isBuilt: status === 0, ms: performance.now() - started };
}

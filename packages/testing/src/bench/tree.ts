import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationManifests } from './application.ts';
import { createRandom } from './random.ts';

/** Writes a tree of exactly `documents` manifests: two applications of three as a file for each manifest, the third as one file of all. */
export function writeTree(folder: string, documents: number, seed = 20261124): void {
  const random = createRandom(seed);
  let left = documents;
  for (let index = 0; left > 0; index++) {
    const manifests = applicationManifests(index, random).slice(0, left);
    left -= manifests.length;
    const home = join(folder, `team-${Math.floor(index / 12)}`, `app-${index}`);
    mkdirSync(home, { recursive: true });
    if (index % 3 === 2) writeFileSync(join(home, 'all.yaml'), `---\n${manifests.join('---\n')}`);
    else for (const [at, text] of manifests.entries()) writeFileSync(join(home, `${at}-${kindOf(text)}.yaml`), text);
  }
}

function kindOf(manifest: string): string {
  return (/^kind: (\w+)$/m.exec(manifest)?.[1] ?? 'manifest').toLowerCase();
}

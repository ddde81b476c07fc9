import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationManifests } from './application.ts';
import { createRandom } from './random.ts';

const ENVIRONMENTS = ['dev', 'qa', 'uat', 'live'];
/** A namespace, an account, settings, the workload and its service. */
const MANIFESTS_OF_A_BASE = 4;

export interface OverlayCounts {
  readonly bases: number;
  /** A multiple of bases × 4 environments. */
  readonly overlays: number;
}

/**
 * Writes what many teams have: bases of applications, and of each base overlays in four environments, one for each tenant there, each a
 * kustomization and a patch. Gives the paths of the patches, in order.
 */
export function writeOverlays(folder: string, { bases, overlays }: OverlayCounts, seed = 20261127): readonly string[] {
  const random = createRandom(seed);
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const names: string[] = [];
  for (let base = 0; base < bases; base++) {
    // The second application of a team on: the first one brings the team's namespace.
    const manifests = applicationManifests(base * 12 + 1, random).slice(0, MANIFESTS_OF_A_BASE);
    names.push(/^ {2}name: (.*)$/m.exec(manifests[0] ?? '')?.[1] ?? '');
    const files = manifests.map((text, at) => {
      const file = `${at}-${(/^kind: (\w+)$/m.exec(text)?.[1] ?? 'manifest').toLowerCase()}.yaml`;
      write(`bases/app-${base}/${file}`, text.replace(/^ {2}namespace: .*\n/m, ''));
      return file;
    });
    write(`bases/app-${base}/kustomization.yaml`, `${KUSTOMIZATION}resources:\n${files.map((file) => `  - ${file}\n`).join('')}`);
  }
  const patches: string[] = [];
  const tenants = Math.floor(overlays / bases / ENVIRONMENTS.length);
  for (const environment of ENVIRONMENTS)
    for (const [base, name] of names.entries())
      for (let tenant = 0; tenant < tenants; tenant++) {
        const home = `overlays/${environment}/app-${base}-tenant-${tenant}`;
        const tag = `1.${random.below(20)}.${random.below(10)}`;
        write(
          `${home}/kustomization.yaml`,
          `${KUSTOMIZATION}namespace: tenant-${tenant}\nresources:\n  - ../../../bases/app-${base}\npatches:\n  - path: patch.yaml\nimages:\n  - name: registry.example.com/shop/app\n    newTag: "${tag}"\n`,
        );
        write(
          `${home}/patch.yaml`,
          `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: ${2 + random.below(5)}\n  template:\n    spec:\n      containers:\n        - name: app\n          env:\n            - name: TENANT\n              value: tenant-${tenant}\n`,
        );
        patches.push(`${home}/patch.yaml`);
      }
  return patches.sort();
}

const KUSTOMIZATION = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

/** Writes and commits such a repository, and stages one more setting in the patch of one overlay. */
export function writeStagedOverlay(folder: string, counts: OverlayCounts): void {
  const patches = writeOverlays(folder, counts);
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'all of it');
  writeFileSync(join(folder, '.git/patch'), patches[Math.floor(patches.length / 2)] ?? '');
  stageOneMore(folder);
}

/** Changes the same patch again: what a hook sees is new each time. */
export function stageOneMore(folder: string): void {
  const patch = readFileSync(join(folder, '.git/patch'), 'utf8');
  const path = join(folder, patch);
  const count = readFileSync(path, 'utf8').split('- name:').length;
  appendFileSync(path, `            - name: SETTING_${count}\n              value: "${count}"\n`);
  git(folder, 'add', '--', patch);
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], { stdio: 'ignore' });
}

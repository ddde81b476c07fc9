import { execFileSync } from 'node:child_process';
import type { Figures } from './measure.ts';

interface Circumstances {
  readonly runs: number;
  readonly machine: string;
  readonly node: string;
  /** How many processes wanted a core as the runs began and ended: far above 0, the figures say little but their ratios. */
  readonly load: readonly [number, number];
  readonly root: string;
}

const TREES: Readonly<Record<string, string>> = {
  '1': '1 document',
  '1000': '1,000 documents',
  '10000': '10,000 documents',
  hook: 'hook, one overlay of 2,000 staged (4,250 files)',
  'medium-a': 'gitops/medium-a (1,001 files)',
  'large-a': 'gitops/large-a (9,032 files)',
  policies: '10,000 documents',
};

/** The figures as a page for people. Ratios are against plumbline: above 1, the other takes longer. */
export function tableOf(
  results: ReadonlyMap<string, ReadonlyMap<string, Figures>>,
  { runs, machine, node, load, root }: Circumstances,
): string {
  const rows: string[] = [];
  for (const [tree, figures] of results) {
    const own = figures.get('plumbline');
    for (const [name, { medianMs, fastestMs, cpuMs, peakMb, exitCode }] of figures) {
      const ratio = own === undefined || name === 'plumbline' ? '' : `${(medianMs / own.medianMs).toFixed(2)} ×`;
      const cells = [
        TREES[tree] ?? tree,
        name,
        `${medianMs.toFixed(0)} ms`,
        `${fastestMs.toFixed(0)} ms`,
        ratio,
        `${cpuMs.toFixed(0)} ms`,
        `${peakMb.toFixed(0)} MB`,
        String(exitCode),
      ];
      rows.push(`| ${cells.join(' | ')} |`);
    }
    const empty = figures.get('empty Node.js script');
    if (own !== undefined && empty !== undefined && tree === '1')
      rows.push(
        `| ${TREES[tree]} | plumbline above an empty script | ${(own.medianMs - empty.medianMs).toFixed(0)} ms | ${(own.fastestMs - empty.fastestMs).toFixed(0)} ms | | | | |`,
      );
  }
  return `# Benchmarks

Written by \`npm run bench -- --write\`; run it to see the figures of your machine. kubeconform is compared when it is installed
(\`go install github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0\`), with a local schema folder written from the same data
(\`schemas/kubernetes/data\`, 1.37), \`-strict -ignore-missing-schemas\`. Plumbline runs with its default preset: strict schemas and every
recommended rule, cross-resource ones included, which kubeconform does not have.

Each program runs cold as a process of its own, output thrown away, in turn and in alternating order: the median and the fastest of
${runs} runs (of at least 15 for one document). \`×\` is how many times plumbline's median. Processor time (of all threads) and peak resident
memory are those of a further run.
The generated trees (\`packages/testing/src/bench\`, seed 20261124) hold the manifests of services: Deployments, Services, ConfigMaps,
Ingresses, CronJobs, custom resource definitions; two thirds of the applications have a file for each manifest, one third has all in one file.
The tree of the hook is a repository of Git: 50 bases, and over them 2,000 overlays in four environments, each a kustomization and a patch.
Each run has one more change of one patch staged; \`check --staged\` runs with what the runs before have left in the cache, and without a cache.

${commitOf(root)}, Node.js ${node}, ${machine}; load of the machine ${load.map((one) => one.toFixed(1)).join(' before and ')} after.

| tree | program | median | fastest | ratio | processor | peak memory | exit code |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Policies (\`--policy\`): 100 ValidatingAdmissionPolicies with a binding each, which hold, so that what is measured is the asking. How many
expressions are evaluated in a second: \`node scripts/run.mjs packages/testing/src/bench/cel.ts\`.

Where the time of a run goes: \`npm run bench -- --profile --only 10000\`.
`;
}

function commitOf(root: string): string {
  try {
    return `Commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()}`;
  } catch {
    return 'No commit';
  }
}

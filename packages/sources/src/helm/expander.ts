import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Chart, readChart } from '@plumbline/charts';
import type { BuildRequest, BuildResult, Expander, InputReader } from '@plumbline/core';
import { helmProblem } from './helm-problem.ts';
import { readOutput } from './read-output.ts';
import { type Release, releaseOf } from './release.ts';
import { HELM_LIMITS, type HelmLimits, type HelmRun, runHelm } from './run-helm.ts';
import { writeChart } from './write-chart.ts';

export interface HelmOptions {
  /** The program, or undefined where there is none; asked once, when the first chart is to be rendered. */
  readonly find: () => string | undefined;
  /** What is said where there is none. */
  readonly why?: string;
  /** Keeps what was rendered. */
  readonly remembering?: (expander: Expander) => Expander;
  readonly limits?: HelmLimits;
}

const NO_HELM = 'Helm is not installed: install it (https://helm.sh/docs/intro/install), or name it in $PLUMBLINE_HELM';

/** Renders Helm charts of the repository for the engine, with the `helm` that is installed. Runs nothing that belongs to the chart. */
export function helmExpander({ find, remembering = (expander) => expander, why = NO_HELM, limits = HELM_LIMITS }: HelmOptions): Expander {
  let renderer: Expander | undefined;
  let hasLooked = false;
  return {
    build(request, inputs): BuildResult {
      if (!hasLooked) {
        hasLooked = true;
        const program = find();
        if (program !== undefined) renderer = remembering(rendererWith(program, limits));
      }
      return renderer === undefined ? { notBuilt: why, forNow: true } : renderer.build(request, inputs);
    },
  };
}

function rendererWith(program: string, limits: HelmLimits): Expander {
  const { size, mtimeMs } = statSync(program);
  return {
    // Another version may render otherwise.
    name: `helm ${size} ${mtimeMs}`,
    build(request, inputs): BuildResult {
      if (request.kind !== 'chart') return { notBuilt: 'it is no Helm chart' };
      const chart = readChart(request.folder, inputs);
      // It is there for others, and installs nothing.
      if (chart.isLibrary) return { objects: [], inputs: [] };
      const release = releaseOf(request, chart, inputs);
      if ('notBuilt' in release || 'problems' in release) return release;
      return render(program, request, chart, release, inputs, limits);
    },
  };
}

function render(
  program: string,
  request: BuildRequest,
  chart: Chart,
  release: Release,
  inputs: InputReader,
  limits: HelmLimits,
): BuildResult {
  const home = mkdtempSync(join(tmpdir(), 'plumbline-helm-'));
  try {
    const folder = join(home, 'chart');
    mkdirSync(folder);
    const written = writeChart(chart, inputs, folder, release.defaults === undefined);
    if ('notBuilt' in written) return written;
    const run = runHelm(program, argumentsOf(request, release, folder, home), home, limits);
    if ('stopped' in run) return { notBuilt: run.stopped, forNow: true };
    if ('complaint' in run) return complaintOf(run, chart, release, written, request, inputs);
    const defaults = chart.defaults === undefined || release.defaults !== undefined ? [] : [chart.defaults];
    return readOutput(run.printed, { chart, release, written, defaults, inputs });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function argumentsOf({ versions }: BuildRequest, release: Release, folder: string, home: string): readonly string[] {
  const given = [release.name, folder, '--namespace', release.namespace, '--skip-tests', '--skip-schema-validation'];
  const version = release.kubeVersion ?? versions[0];
  if (version !== undefined) given.push('--kube-version', version);
  for (const api of release.apiVersions) given.push('--api-versions', api);
  for (const [index, { text }] of [...(release.defaults ?? []), ...release.layers].entries()) {
    const path = join(home, `values-${index}.yaml`);
    writeFileSync(path, text);
    given.push('--values', path);
  }
  return [...given, ...release.flags];
}

function complaintOf(
  { complaint }: Extract<HelmRun, { complaint: string }>,
  chart: Chart,
  release: Release,
  written: Parameters<typeof helmProblem>[1],
  { deployer }: BuildRequest,
  inputs: InputReader,
): BuildResult {
  if (/unknown flag: --skip-(?:schema-validation|tests)/.test(complaint)) return { notBuilt: 'Helm is too old: 3.16 or newer is needed' };
  const problem = helmProblem(complaint, written, chart, inputs);
  // Without the values that it is meant for a chart may complain of what is no mistake; how it is written is its own.
  if (deployer === undefined && !problem.isSyntax)
    return { notBuilt: `with its own values alone the chart does not render: ${problem.message}` };
  if (release.guess !== undefined && !problem.isSyntax)
    return { notBuilt: `${release.guess}, and the chart does not render: ${problem.message}` };
  const { isSyntax: _, ...said } = problem;
  return { problems: [said] };
}

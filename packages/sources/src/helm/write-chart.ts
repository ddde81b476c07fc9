import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { besides, type Chart, readChart } from '@plumbline/charts';
import type { InputReader } from '@plumbline/core';

/** A chart that was written to a folder for Helm to read. */
export interface WrittenChart {
  /** Every file of the repository that is in it. */
  readonly paths: readonly string[];
  /** Where a template came from, the charts on the way and what their values are called in the one above; by the path that Helm prints: `web/charts/redis/templates/a.yaml`; undefined for what lies in an archive. */
  sourceOf(printed: string): { readonly path: string; readonly charts: readonly Chart[]; readonly keys: readonly string[] } | undefined;
}

const MAX_FILES = 5_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 8;

/** Writes a chart, and the charts of the repository that it depends on by a `file://` path. Gives why it cannot be rendered as it lies. */
export function writeChart(
  chart: Chart,
  inputs: InputReader,
  to: string,
  hasOwnValues: boolean,
): WrittenChart | { readonly notBuilt: string } {
  const writer = new ChartWriter(inputs);
  const missing = writer.write(chart, to, hasOwnValues, 0);
  if (missing !== undefined) return { notBuilt: missing };
  return { paths: writer.paths, sourceOf: (printed) => sourceOf(chart, printed) };
}

class ChartWriter {
  readonly #inputs: InputReader;
  readonly paths: string[] = [];
  #bytes = 0;

  constructor(inputs: InputReader) {
    this.#inputs = inputs;
  }

  write(chart: Chart, to: string, hasOwnValues: boolean, depth: number): string | undefined {
    const inside = chart.folder === '' ? 0 : chart.folder.length + 1;
    for (const path of this.#inputs.list(chart.folder)) {
      const name = path.slice(inside);
      if (!isPlainName(name) || name.startsWith('.git/') || name.endsWith('values.schema.json')) continue;
      if (name === 'values.yaml' && !hasOwnValues) continue;
      const file = this.#inputs.read(path);
      if (file === undefined) continue;
      this.#bytes += file.bytes.length;
      if (this.paths.length >= MAX_FILES || this.#bytes > MAX_BYTES) return 'the chart is too large to be rendered';
      this.paths.push(path);
      mkdirSync(dirname(join(to, name)), { recursive: true });
      writeFileSync(join(to, name), file.bytes);
    }
    for (const { name, version, repository } of chart.dependencies) {
      if (isVendored(chart, name)) continue;
      const local = repository?.startsWith('file://') === true ? besides(chart.folder, repository.slice('file://'.length)) : undefined;
      if (local === undefined || depth >= MAX_DEPTH || this.#inputs.read(`${local}/Chart.yaml`) === undefined) {
        const at = chart.folder === '' ? '.' : chart.folder;
        return `the chart's dependency ${name}${version === undefined ? '' : ` ${version}`} does not lie in ${at}/charts: run \`helm dependency build ${at}\``;
      }
      const missing = this.write(readChart(local, this.#inputs), join(to, 'charts', name), true, depth + 1);
      if (missing !== undefined) return missing;
    }
    return undefined;
  }
}

function isVendored({ folder, subcharts, archives }: Chart, name: string): boolean {
  if (archives.some((archive) => archive.startsWith(`${name}-`))) return true;
  const chart = subcharts.get(name);
  return chart?.folder.startsWith(folder === '' ? 'charts/' : `${folder}/charts/`) === true;
}

/** No path that leads out of the folder or that another system reads otherwise. */
function isPlainName(name: string): boolean {
  return !/(?:^|\/)\.\.?(?:\/|$)|[\\:\0]|^\//.test(name);
}

function sourceOf(chart: Chart, printed: string): ReturnType<WrittenChart['sourceOf']> {
  const charts = [chart];
  const keys: string[] = [];
  let rest = printed.slice(printed.indexOf('/') + 1);
  let at = chart;
  for (let found = /^charts\/([^/]+)\//.exec(rest); found !== null; found = /^charts\/([^/]+)\//.exec(rest)) {
    const next = at.subcharts.get(found[1] ?? '') ?? bySubchartKey(at, found[1] ?? '');
    if (next === undefined) return undefined;
    rest = rest.slice(found[0].length);
    at = next;
    charts.push(next);
    keys.push(found[1] ?? '');
  }
  return { path: at.folder === '' ? rest : `${at.folder}/${rest}`, charts, keys };
}

/** Helm calls a subchart by its alias where it has one. */
function bySubchartKey({ dependencies, subcharts }: Chart, key: string): Chart | undefined {
  const entry = dependencies.find((dependency) => dependency.key === key);
  return entry === undefined ? undefined : subcharts.get(entry.name);
}

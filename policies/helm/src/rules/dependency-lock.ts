import { type Chart, type Dependency, readChart } from '@plumbline/charts';
import {
  addTo,
  isArray,
  isObject,
  type JsonValue,
  member,
  type Problem,
  parse,
  type ResourceRule,
  type RuleContext,
  sha256,
} from '@plumbline/core';

export const rule: ResourceRule = {
  id: 'helm/dependency-lock',
  title: 'Chart.lock pins the dependencies that Chart.yaml names',
  why: '"helm dependency build", which Argo CD and Flux run, refuses a lock file that does not belong to Chart.yaml; without a lock a range takes whatever version is the newest on the day.',
  remedy: 'Run "helm dependency update" in the folder of the chart, and commit Chart.lock.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['helm/Chart'],
  scope: 'repository',
  *check({ name }, context) {
    const folder = name.slice(0, -'/Chart.yaml'.length);
    const chart = readChart(name.includes('/') ? folder : '', context.repository.inputs);
    if (chart.metadata?.file.path !== name) return;
    const own = chart.dependencies.filter(({ document }) => document.file.path === name);
    const lock = lockOf(chart, context);
    if (lock === undefined) yield* unlocked(chart, own);
    else yield* against(own, lock, chart.metadata.value);
  },
};

interface Lock {
  readonly path: string;
  readonly entries: readonly JsonValue[];
  readonly digest: JsonValue | undefined;
}

function lockOf({ folder }: Chart, { repository: { inputs: files } }: RuleContext): Lock | undefined {
  const path = folder === '' ? 'Chart.lock' : `${folder}/Chart.lock`;
  const file = files.read(path);
  if (file === undefined) return undefined;
  const value = parse(file)[0]?.value;
  const entries = member(value, 'dependencies');
  return { path, entries: isArray(entries) ? entries : [], digest: member(value, 'digest') };
}

/** Ranges that nothing pins. */
function* unlocked(chart: Chart, dependencies: readonly Dependency[]): Iterable<Problem> {
  for (const { index, name, version, repository } of dependencies) {
    if (version === undefined || repository === undefined || repository.startsWith('file:') || !isRange(version)) continue;
    // What lies in the repository is what is used.
    if (chart.subcharts.has(name) || chart.archives.some((archive) => archive.startsWith(`${name}-`))) continue;
    yield {
      path: ['dependencies', index, 'version'],
      message: `the version "${version}" of "${name}" is a range, and no Chart.lock pins it`,
    };
  }
}

function* against(dependencies: readonly Dependency[], lock: Lock, metadata: JsonValue | undefined): Iterable<Problem> {
  const named = new Map<string, JsonValue[]>();
  for (const entry of lock.entries) {
    const name = member(entry, 'name');
    if (typeof name !== 'string') continue;
    addTo(named, name, entry);
  }
  let hasSaid = false;
  for (const { index, name, version } of dependencies) {
    const entries = named.get(name);
    const locked = entries?.map((entry) => member(entry, 'version'));
    if (locked === undefined) {
      hasSaid = true;
      yield { path: ['dependencies', index, 'name'], message: `Chart.lock has no dependency "${name}"` };
    } else if (
      version !== undefined &&
      isExact(version) &&
      !locked.some((other) => typeof other === 'string' && plain(other) === plain(version))
    ) {
      hasSaid = true;
      yield {
        path: ['dependencies', index, 'version'],
        message: `Chart.lock holds "${name}" at "${String(locked[0])}", not at "${version}"`,
      };
    }
  }
  if (hasSaid || dependencies.length === 0 || member(metadata, 'apiVersion') !== 'v2') return;
  const digest = digestOf(member(metadata, 'dependencies'), lock.entries);
  if (digest === undefined || typeof lock.digest !== 'string' || lock.digest === digest) return;
  yield { path: ['dependencies'], part: 'key', message: 'Chart.lock was made from other dependencies: its digest does not fit' };
}

function isExact(version: string): boolean {
  return /^=?\s*v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/.test(version);
}

function isRange(version: string): boolean {
  return /[\^~><*|]|\s-\s|(?:^|\.)[xX](?:\.|$)/.test(version) || version.trim() === '' || /^v?\d+(?:\.\d+)?$/.test(version);
}

function plain(version: string): string {
  return version.replace(/^=?\s*v?/, '');
}

/** The digest that Helm writes (`HashReq` in internal/resolver): of both lists as Go's encoding/json prints them. Undefined where a field is of another type. */
function digestOf(wanted: JsonValue | undefined, locked: readonly JsonValue[]): string | undefined {
  const lists = [wanted, locked].map((list) => (isArray(list) ? list.map(goDependency) : undefined));
  if (lists.some((list) => list === undefined || list.includes(undefined))) return undefined;
  return `sha256:${sha256(`[${lists.map((list) => `[${list?.join()}]`).join()}]`)}`;
}

const ORDER = ['name', 'version', 'repository', 'condition', 'tags', 'enabled', 'import-values', 'alias'];

function goDependency(entry: JsonValue): string | undefined {
  if (!isObject(entry)) return undefined;
  const parts: string[] = [];
  for (const key of ORDER) {
    const value = member(entry, key);
    const isList = key === 'tags' || key === 'import-values';
    const isEmpty = value === undefined || value === null || value === '' || value === false || (isArray(value) && value.length === 0);
    if (isEmpty) {
      if (key === 'name' || key === 'repository') parts.push(`"${key}":""`);
      continue;
    }
    const fits = isList ? isArray(value) : key === 'enabled' ? value === true : typeof value === 'string';
    if (!fits) return undefined;
    parts.push(`"${key}":${goJson(value)}`);
  }
  return `{${parts.join()}}`;
}

function goJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(goJson).join()}]`;
  if (isObject(value))
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${goJson(key)}:${goJson(member(value, key) ?? null)}`)
      .join()}}`;
  return typeof value === 'string'
    ? JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : String(value);
}

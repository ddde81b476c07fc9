import {
  type Change,
  type FieldPath,
  type Fix,
  isArray,
  isObject,
  type JsonValue,
  member,
  type Problem,
  type Resource,
  type ResourceRule,
} from '@plumbline/core';
import { isFilled } from '../filled.ts';
import { hasComment, inserting, replacing, written } from '../text.ts';

export const rule: ResourceRule = {
  id: 'kust/deprecated-field',
  title: 'A kustomization uses no deprecated field',
  why: 'Kustomize warns of the field at each build, and a later version does without it: then the kustomization does not build, or builds without what the field says.',
  remedy:
    'Use the field that took its place; `plumbline fix` or `kustomize edit fix` rewrites what can be rewritten without a change of the build.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  kinds: ['kustomize/Kustomization'],
  *check(resource) {
    for (const { field, use, fix } of FIELDS) {
      if (!isFilled(resource.object, field)) continue;
      yield { path: [field], part: 'key', message: `"${field}" is deprecated: use ${use}`, ...withFix(fix?.(resource)) };
    }
    yield* singleEnvFiles(resource);
  },
};

interface Deprecated {
  readonly field: string;
  readonly use: string;
  /** What rewrites it without a change of the build; undefined where that is not certain. */
  readonly fix?: (resource: Resource) => Fix | undefined;
}

const FIELDS: readonly Deprecated[] = [
  { field: 'bases', use: '"resources", which takes folders too', fix: (resource) => appendTo(resource, 'bases', 'resources') },
  { field: 'imageTags', use: '"images"', fix: (resource) => appendTo(resource, 'imageTags', 'images') },
  { field: 'patchesStrategicMerge', use: '"patches", with "path" or "patch" in each entry', fix: strategicPatches },
  { field: 'patchesJson6902', use: '"patches", which takes the same entries', fix: operationPatches },
  { field: 'commonLabels', use: '"labels", with "includeSelectors: true" where selectors must have them', fix: labels },
  { field: 'vars', use: '"replacements"' },
  { field: 'helmChartInflationGenerator', use: '"helmCharts"' },
];

/** The entries go behind those of the other field, which is where Kustomize puts them when it reads the file. */
function appendTo(resource: Resource, from: string, to: string): Fix | undefined {
  const changes = moved(resource, from, to);
  return changes === undefined ? undefined : { title: `move the entries to "${to}"`, safe: true, changes };
}

/** Undefined where a comment would be lost. */
function moved(resource: Resource, from: string, to: string): readonly Change[] | undefined {
  const [entries, there] = [member(resource.object, from), member(resource.object, to)];
  if (!isArray(entries)) return undefined;
  if (there === undefined) return [{ op: 'rename', path: [from], key: to }];
  if (!isArray(there) || hasComment(resource, [from])) return undefined;
  return [{ op: 'remove', path: [from] }, ...entries.map((after): Change => ({ op: 'add', path: [to, '-'], after }))];
}

/** Files of patches; what stands in the kustomization itself is left alone. They are applied before those of "patches", so that the two are not put together. */
function strategicPatches(resource: Resource): Fix | undefined {
  const entries = member(resource.object, 'patchesStrategicMerge');
  if (!isArray(entries) || member(resource.object, 'patches') !== undefined || !entries.every(isPath)) return undefined;
  const { document } = resource;
  const key = document.rangeOf(['patchesStrategicMerge'], 'key');
  const items = entries.map((_entry, index) => document.rangeOf(['patchesStrategicMerge', index]));
  // A list in brackets is left alone too.
  if (items.some(({ line }) => line === key.line)) return undefined;
  return {
    title: 'write them as "patches"',
    safe: true,
    edits: [replacing(key, 'patches'), ...items.map((item) => inserting(item, 'path: '))],
  };
}

function isPath(entry: JsonValue): boolean {
  return typeof entry === 'string' && !entry.includes('\n') && !entry.includes(': ');
}

/** What is done to the objects between "patches" and "patchesJson6902". */
const BETWEEN = ['namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations'];

/** Both fields take the same entries, but not at the same time. */
function operationPatches(resource: Resource): Fix | undefined {
  const { object } = resource;
  const entries = member(object, 'patchesJson6902');
  const changes = moved(resource, 'patchesJson6902', 'patches');
  if (!isArray(entries) || changes === undefined) return undefined;
  return {
    title: 'move the entries to "patches"',
    safe: !BETWEEN.some((field) => isFilled(object, field)) && entries.every(keepsIdentity),
    changes,
  };
}

/** Whether an entry surely does not change what other objects know its target by: they follow a patch of "patches" only. */
function keepsIdentity(entry: JsonValue): boolean {
  const patch = member(entry, 'patch');
  return typeof patch === 'string' && !/\/metadata\/name|\/metadata["'\s]|\/kind/.test(patch);
}

function labels(resource: Resource): Fix | undefined {
  const { object } = resource;
  const pairs = member(object, 'commonLabels');
  if (!isObject(pairs) || member(object, 'labels') !== undefined || isFilled(object, 'configurations')) return undefined;
  const { key, value, lines } = written(resource, ['commonLabels']);
  const [first = '', ...rest] = lines;
  const last = rest.pop() ?? '';
  const isOneLine = value.endLine === key.line;
  if (isOneLine ? value.line !== key.line : value.line === key.line || !/:\s*$/.test(first)) return undefined;
  // The lines stay as they are, further to the right.
  const text = isOneLine
    ? ` ${first.slice(value.column - 1, value.endColumn - 1)}`
    : [...rest, last.slice(0, value.endColumn - 1)].map((line) => `\n${line.trim() === '' ? '' : `    ${line}`}`).join('');
  const whole = { line: key.line, column: key.column, endLine: value.endLine, endColumn: value.endColumn };
  const newText = `labels:\n  - pairs:${text}\n    includeSelectors: true`;
  return { title: 'write them as "labels"', safe: true, edits: [replacing(whole, newText)] };
}

/** `env` of a generator, which names one file; `envs` names several. */
function* singleEnvFiles(resource: Resource): Iterable<Problem> {
  const { object } = resource;
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    const entries = member(object, field);
    if (!isArray(entries)) continue;
    for (const [index, entry] of entries.entries()) {
      const file = member(entry, 'env');
      if (typeof file !== 'string' || file === '') continue;
      const path: FieldPath = [field, index, 'env'];
      const fix: Fix | undefined = member(entry, 'envs') === undefined ? asList(resource, path) : undefined;
      yield { path, part: 'key', message: '"env" is deprecated: use "envs", a list', ...withFix(fix) };
    }
  }
}

function asList({ document }: Resource, path: FieldPath): Fix {
  const { line, column, endLine, endColumn } = document.rangeOf(path);
  const edits = [
    replacing(document.rangeOf(path, 'key'), 'envs'),
    inserting({ line, column }, '['),
    inserting({ line: endLine, column: endColumn }, ']'),
  ];
  return { title: 'write it as "envs"', safe: true, edits };
}

function withFix(fix: Fix | undefined): { fix?: Fix } {
  return fix === undefined ? {} : { fix };
}

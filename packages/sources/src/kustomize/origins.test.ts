import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FieldPath, isArray, isObject, type JsonValue, toPointer } from '@plumbline/core';
import { expect, test } from 'vitest';
import { type BuiltResource, buildKustomization } from './build.ts';
import { memoryReader } from './memory-reader.ts';

const SHOP = fileURLToPath(new URL('../../../../fixtures/kustomize/shop', import.meta.url));
const FILES = Object.fromEntries(filesIn(SHOP).map((path) => [relative(SHOP, path), readFileSync(path, 'utf8')]));
const OVERLAY = 'live';

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}

const READER = memoryReader(FILES);

/** The objects of the overlay, one of its files edited. */
function build(path = '', text = ''): readonly BuiltResource[] {
  const edit = { path, bytes: new TextEncoder().encode(text) };
  const result = buildKustomization(OVERLAY, { ...READER, read: (each) => (each === path ? edit : READER.read(each)) });
  if (!('resources' in result)) throw new Error(JSON.stringify(result));
  return result.resources;
}

type Leaf = { readonly index: number; readonly path: FieldPath; readonly value: JsonValue };

function leavesOf(resources: readonly BuiltResource[]): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (index: number, value: JsonValue, path: FieldPath): void => {
    if (isArray(value)) for (const [at, item] of value.entries()) walk(index, item, [...path, at]);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(index, item, [...path, key]);
    else leaves.push({ index, path, value });
  };
  for (const [index, { object }] of resources.entries()) walk(index, object, []);
  return leaves;
}

const idOf = ({ index, path }: Leaf): string => `${index}${toPointer(path)}`;

/** A name that ends with a hash changes with all of the content. */
const withoutHash = (value: JsonValue | undefined): string => String(value).replace(/-[bcdfghkmt2456789]{10}$/, '');

/** What is there instead once the text is edited; undefined where an edit would make another kind of thing of it. */
function edited(text: string): string | undefined {
  const [, body = '', close = ''] = /^(.*?)(["']?)$/s.exec(text) ?? [];
  if (body === '') return undefined;
  if (/^(true|false)$/.test(body)) return body === 'true' ? 'false' : 'true';
  if (/\d$/.test(body)) return `${body.slice(0, -1)}${(Number(body.slice(-1)) + 1) % 10}${close}`;
  return `${body}x${close}`;
}

/** Where an edit would not change a value but what belongs together: kinds, names that patches, selectors and references go by. */
function isIdentity({ path }: Leaf): boolean {
  const last = path[path.length - 1];
  return last === 'kind' || last === 'apiVersion' || last === 'name' || (path[0] === 'roleRef' && last === 'apiGroup');
}

const before = build();
const leaves = leavesOf(before);
const values = new Map(leaves.map((leaf) => [idOf(leaf), leaf.value]));

/** Changes the text that a leaf is written with, wherever on its line it stands, and gives the leaves that change with it. */
function changedBy(leaf: Leaf): { readonly changed: readonly string[]; readonly line: string } | undefined {
  const place = before[leaf.index]?.locate(leaf.path);
  if (place === undefined) throw new Error(`nothing at ${idOf(leaf)}`);
  const lines = (FILES[place.file] ?? '').split('\n');
  const line = lines[place.line - 1] ?? '';
  const end = place.endLine === place.line && place.endColumn > place.column ? place.endColumn : line.length + 1;
  const written = line.slice(place.column - 1, end - 1);
  const text = edited(written.startsWith('|') ? (lines[place.line] ?? '').trim() : written);
  if (text === undefined) return undefined;
  const target = written.startsWith('|') ? place.line : place.line - 1;
  const own = lines[target] ?? '';
  const start = written.startsWith('|') ? own.length - own.trim().length : place.column - 1;
  const length = written.startsWith('|') ? own.trim().length : written.length;
  lines[target] = own.slice(0, start) + text + own.slice(start + length);
  const after = leavesOf(build(place.file, lines.join('\n')));
  const changed = after.filter((each) => withoutHash(values.get(idOf(each))) !== withoutHash(each.value)).map(idOf);
  return { changed, line: `${place.file}:${place.line}` };
}

const editable = leaves.filter((leaf) => !isIdentity(leaf));

test('each value changes with the line that it is said to stand on, and nothing changes that does not come from that line', () => {
  let count = 0;
  const wrong: string[] = [];
  for (const leaf of editable) {
    const outcome = changedBy(leaf);
    if (outcome === undefined) continue;
    count++;
    const id = idOf(leaf);
    if (!outcome.changed.includes(id)) wrong.push(`${id} does not change with ${outcome.line}`);
    for (const other of outcome.changed) {
      const found = leaves.find((each) => idOf(each) === other);
      const chain = found === undefined ? [] : (before[found.index]?.locate(found.path).chain ?? []);
      if (!chain.some(({ file, line }) => `${file}:${line}` === outcome.line)) wrong.push(`${other} changes with ${outcome.line}, unsaid`);
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(200);
});

const chainOf = (kind: string, path: FieldPath): string[] => {
  const resource = before.find(({ object }) => object.kind === kind);
  const place = resource?.locate(path);
  return [
    `${place?.file}:${place?.line}:${place?.column}`,
    ...(place?.chain ?? []).map(({ file, line, role }) => `${role} ${file}:${line}`),
  ];
};

test.each<[string, FieldPath, string[]]>([
  ['Deployment', ['spec', 'strategy', 'type'], ['base/web.yaml:15:11', 'base base/web.yaml:15']],
  ['Deployment', ['spec', 'replicas'], ['live/kustomization.yaml:12:12', 'overlay live/kustomization.yaml:12', 'base base/web.yaml:9']],
  ['Deployment', ['metadata', 'name'], ['base/web.yaml:4:9', 'overlay live/kustomization.yaml:2', 'base base/web.yaml:4']],
  ['Deployment', ['metadata', 'namespace'], ['live/kustomization.yaml:1:12', 'overlay live/kustomization.yaml:1']],
  [
    'Deployment',
    ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'],
    ['live/patches/web.yaml:14:22', 'patch live/patches/web.yaml:14', 'base base/web.yaml:32'],
  ],
  [
    'Deployment',
    ['spec', 'revisionHistoryLimit'],
    ['components/audit/kustomization.yaml:21:16', 'patch components/audit/kustomization.yaml:21', 'base base/web.yaml:10'],
  ],
  ['CronJob', ['spec', 'schedule'], ['live/kustomization.yaml:31:19', 'patch live/kustomization.yaml:31', 'base base/worker.yaml:6']],
  ['Secret', ['data', 'second'], ['live/kustomization.yaml:57:9', 'generator live/kustomization.yaml:57']],
  ['ConfigMap', ['data', 'banner.txt'], ['base/banner.txt:1:1', 'generator base/banner.txt:1']],
  ['ConfigMap', ['data', 'MAX_USERS'], ['base/limits.env:3:1', 'generator base/limits.env:3']],
])('%s %j stands where it was written last, and says what wrote it', (kind, path, expected) => {
  expect(chainOf(kind, path)).toEqual(expected);
});

test('what is not there stands on the key of the mapping that lacks it', () => {
  const service = before.find(({ object }) => object.kind === 'Service');
  expect(service?.locate(['spec', 'externalName'])).toMatchObject({ file: 'base/web.yaml', line: 73, column: 1 });
  expect(service?.locate(['spec', 'ports', 0, 'port'], 'key')).toMatchObject({ file: 'base/web.yaml', line: 80, column: 7 });
});

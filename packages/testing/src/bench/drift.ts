// How many objects a second drift compares, as a process of its own: `node scripts/run.mjs packages/testing/src/bench/drift.ts [OBJECTS]`
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlumbline, openSchemas } from '@plumbline/cli';
import { isObject, type JsonObject, type Resource } from '@plumbline/core';
import { fieldsOf, writeFieldsV1 } from '@plumbline/merge';
import { topologyOf } from '@plumbline/schema';
import { type Live, readFolder, type ServedKind, takeSnapshot } from '@plumbline/sources';
import { measure } from './measure.ts';
import { writeTree } from './tree.ts';

const MINOR = '1.37';
const RUNS = 5;
/** One object in so many is changed by somebody else. */
const CHANGED = 50;

const count = Number(process.argv[2] ?? 10_000);
const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const scratch = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
try {
  const folder = join(scratch, 'tree');
  writeTree(folder, count);
  mkdirSync(join(folder, '.git'));
  await writeSnapshot(folder, join(scratch, 'live.snapshot'));
  const program = join(root, 'packages/cli/dist/plumbline.cjs');
  const given = [program, 'drift', '--actual', `snapshot:${join(scratch, 'live.snapshot')}`];
  const contender = { name: 'drift', program: process.execPath, given };
  const figures = (await measure([contender], folder, RUNS)).get('drift');
  if (figures === undefined || figures.exitCode !== 1) throw new Error(`drift ended with ${figures?.exitCode}, not with what was changed`);
  const { medianMs, cpuMs, peakMb } = figures;
  process.stdout.write(
    `${count} objects against a snapshot: ${medianMs.toFixed(0)} ms (median of ${RUNS}), ${cpuMs.toFixed(0)} ms of processor time: ` +
      `${((count / cpuMs) * 1000).toFixed(0)} objects a second of one core; ${peakMb.toFixed(0)} MB at most\n`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The tree as a server would give it back: with defaults, uids and managed fields. */
async function writeSnapshot(folder: string, file: string): Promise<void> {
  const { files } = await readFolder(folder);
  const { resources, kinds, definitions } = await createPlumbline().applied(files);
  const schemas = openSchemas();
  const [defaults, typeOf] = [schemas.defaults(definitions), schemas.types(MINOR, definitions)];
  const served = new Map<string, ServedKind>();
  const live = resources.map((resource, index): Resource => {
    const { gvk, object } = resource;
    const key = JSON.stringify(gvk);
    const kind = {
      ...gvk,
      plural: `${gvk.kind.toLowerCase()}s`,
      isNamespaced: kinds.scopeOf(gvk) !== 'Cluster',
      verbs: ['list', 'delete'],
    };
    if (!served.has(key)) served.set(key, kind);
    const type = typeOf(object)?.type;
    const stored = defaults.asStored(object, MINOR);
    const fieldsV1 = type === undefined ? {} : writeFieldsV1(fieldsOf(object, topologyOf(type)));
    const metadata: JsonObject = {
      ...(isObject(stored.metadata) ? stored.metadata : {}),
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      ...(index % CHANGED === 0 ? { labels: {} } : {}),
      managedFields: [{ manager: 'flux', operation: 'Apply', apiVersion: object.apiVersion ?? '', time: '2026-01-01T00:00:00Z', fieldsV1 }],
    };
    return { ...resource, object: { ...stored, metadata } };
  });
  const source: Live = {
    source: 'cluster:bench',
    version: `v${MINOR}.0`,
    kinds: [...served.values()],
    unreadVersions: new Map(),
    read: (requests) => {
      const asked = new Set(requests.map(({ kind }) => `${kind.group}/${kind.version}/${kind.kind}`));
      const isAsked = ({ gvk: { group, version, kind } }: Resource): boolean => asked.has(`${group}/${version}/${kind}`);
      return Promise.resolve({ resources: live.filter(isAsked), unread: [] });
    },
    definitions: () => Promise.resolve(definitions),
    close: () => undefined,
  };
  const { lines } = await takeSnapshot(source, { isBuiltinGroup: (group) => kinds.isBuiltinGroup(group) });
  writeFileSync(file, [...lines].join(''));
}

import { writeFileSync } from 'node:fs';
import { createPlumbline, openSchemas } from '@plumbline/cli';
import { isObject, type JsonObject, type Resource, stringify } from '@plumbline/core';
import { fieldsOf, writeFieldsV1 } from '@plumbline/merge';
import { topologyOf } from '@plumbline/schema';
import { type Live, readFolder, type ServedKind, takeSnapshot } from '@plumbline/sources';

const MINOR = '1.37';
/** One object in so many is changed by somebody else. */
const CHANGED = 50;

/** Objects of a folder as a server would give them back, with defaults, uids and managed fields; some of them changed. */
export interface AsLive {
  readonly objects: readonly JsonObject[];
  writeSnapshot(file: string): Promise<void>;
  /** As `kubectl get -o json --show-managed-fields` prints them. */
  writeList(file: string): void;
}

export async function asLive(folder: string): Promise<AsLive> {
  const { files } = await readFolder(folder);
  const { resources, kinds, definitions } = await createPlumbline().applied(files);
  const schemas = openSchemas();
  const [defaults, typeOf] = [schemas.defaults(definitions), schemas.types(MINOR, definitions)];
  const live = resources.map((resource, index): Resource => {
    const { object } = resource;
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
  const objects = live.map(({ object }) => object);

  return {
    objects,
    writeList: (file) => writeFileSync(file, `${stringify({ apiVersion: 'v1', items: objects, kind: 'List' }, 4)}\n`),
    async writeSnapshot(file) {
      const served = new Map<string, ServedKind>();
      for (const { gvk } of resources) {
        const isNamespaced = kinds.scopeOf(gvk) !== 'Cluster';
        served.set(JSON.stringify(gvk), { ...gvk, plural: `${gvk.kind.toLowerCase()}s`, isNamespaced, verbs: ['list', 'delete'] });
      }
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
    },
  };
}

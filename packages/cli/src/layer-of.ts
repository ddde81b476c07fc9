import { imageParts, member, podSpecOf, type Resource, valueAt, versionsOfResource, wordsOf } from '@plumbline/core';

const LAYERS: Readonly<Record<string, readonly string[]>> = {
  presentation: ['presentation', 'frontend', 'web', 'ui', 'portal', 'webapp', 'www'],
  application: ['application', 'backend', 'api', 'services', 'service', 'app', 'worker', 'server'],
  data: ['data', 'database', 'databases', 'db', 'storage', 'cache', 'queue', 'broker', 'messaging', 'persistence'],
};
const DATA_IMAGES =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|valkey|memcached|cassandra|cockroach|elasticsearch|opensearch|kafka|rabbitmq|nats|minio|etcd|influxdb|clickhouse(?:-server)?)$/;

/** The layer of a component: as configuration says of the file that it is written in, else as labels, folders, the image and the kind tell. */
export function layerOf(
  resource: Resource,
  configured: readonly { readonly name: string; readonly matches: (path: string) => boolean }[],
): string | undefined {
  const path = resource.document.file.path;
  if (configured.length > 0) return configured.find(({ matches }) => matches(path))?.name;
  return byLabel(resource) ?? byFolder(path) ?? (isData(resource) ? 'data' : undefined);
}

const LABELS = ['app.kubernetes.io/component', 'tier', 'layer'];

function byLabel({ object }: Resource): string | undefined {
  const labels = valueAt(object, ['metadata', 'labels']);
  for (const key of LABELS) {
    const value = member(labels, key);
    const layer = typeof value === 'string' ? layerOfWords([value, ...wordsOf(value)]) : undefined;
    if (layer !== undefined) return layer;
  }
  return undefined;
}

function byFolder(path: string): string | undefined {
  return layerOfWords(path.split('/').slice(0, -1));
}

/** The first word that names a layer. */
function layerOfWords(words: readonly string[]): string | undefined {
  for (const word of words) {
    for (const [layer, names] of Object.entries(LAYERS)) if (names.includes(word.toLowerCase())) return layer;
  }
  return undefined;
}

function isData(resource: Resource): boolean {
  if (resource.gvk.kind === 'StatefulSet') return true;
  if (podSpecOf(resource) === undefined) return false;
  return versionsOfResource(resource).some(({ path }) => {
    const image = valueAt(resource.object, path);
    if (typeof image !== 'string') return false;
    const { repository } = imageParts(image);
    return DATA_IMAGES.test(repository.slice(repository.lastIndexOf('/') + 1));
  });
}

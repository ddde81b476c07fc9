import { apiVersionOf, type JsonObject, member, parseGvk } from '@plumbline/core';

/** A file for each object as kustomize names it: `apps_v1_deployment_web.yaml`, led by the namespace where there are several; what would be the same twice gets a number. */
export function fileNames(objects: readonly JsonObject[]): readonly string[] {
  const namespaces = new Set(objects.map(namespaceOf).filter((namespace) => namespace !== ''));
  const taken = new Set<string>();
  return objects.map((object) => {
    const gvk = parseGvk(textOf(object, 'apiVersion'), textOf(object, 'kind'));
    const name = textOf(member(object, 'metadata'), 'name');
    const parts = [...(namespaces.size > 1 ? [namespaceOf(object)] : []), apiVersionOf(gvk).replaceAll('/', '_'), gvk.kind, name];
    const base = parts
      .filter((part) => part !== '')
      .join('_')
      .toLowerCase()
      // A name may hold what is no part of a file's name: a ClusterRole's does colons.
      .replace(/[/\\:*?"<>|]/g, '_');
    let file = `${base}.yaml`;
    for (let number = 2; taken.has(file); number++) file = `${base}_${number}.yaml`;
    taken.add(file);
    return file;
  });
}

function namespaceOf(object: JsonObject): string {
  return textOf(member(object, 'metadata'), 'namespace');
}

function textOf(value: Parameters<typeof member>[0], key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}

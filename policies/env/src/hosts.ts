import { type FieldPath, isArray, kindKey, type Resource, valueAt } from '@plumbline/core';

/** Kinds that serve hosts to the world. */
export const HOST_KINDS = [
  'networking.k8s.io/Ingress',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'gateway.networking.k8s.io/GRPCRoute',
  'route.openshift.io/Route',
];
const KINDS = new Set(HOST_KINDS);

/** The hosts that an object serves, in lower case, and where they are written. */
export function hostsOf(resource: Resource): readonly { readonly host: string; readonly path: FieldPath }[] {
  const key = kindKey(resource.gvk);
  if (!KINDS.has(key)) return [];
  const { object } = resource;
  const paths: readonly FieldPath[] =
    key === 'networking.k8s.io/Ingress'
      ? listPaths(valueAt(object, ['spec', 'rules']), ['spec', 'rules']).map((path) => [...path, 'host'])
      : key === 'route.openshift.io/Route'
        ? [['spec', 'host']]
        : listPaths(valueAt(object, ['spec', 'hostnames']), ['spec', 'hostnames']);
  const hosts = new Map<string, FieldPath>();
  for (const path of paths) {
    const host = valueAt(object, path);
    if (typeof host === 'string' && !hosts.has(host.toLowerCase())) hosts.set(host.toLowerCase(), path);
  }
  return [...hosts].map(([host, path]) => ({ host, path }));
}

function listPaths(value: ReturnType<typeof valueAt>, path: FieldPath): readonly FieldPath[] {
  return isArray(value) ? value.map((_, index) => [...path, index]) : [];
}

const PRIVATE =
  /(?:^|\.)(?:local|localhost|localdomain|internal|intranet|lan|home|corp|private|test|invalid|example|arpa|nip\.io|sslip\.io|localtest\.me)$/;

/** Whether a host may be asked for by the world: a whole name below a public domain. */
export function isPublic(host: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(host) && !PRIVATE.test(host);
}

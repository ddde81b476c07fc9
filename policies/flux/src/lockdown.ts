import { isArray, type Related, type Resource, type RuleContext, valueAt } from '@plumbline/core';

const CONTROLLER: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize-controller',
  HelmRelease: 'helm-controller',
  ImagePolicy: 'image-reflector-controller',
  ImageUpdateAutomation: 'image-automation-controller',
  Alert: 'notification-controller',
};

/** What tells Flux to refuse references to other namespaces (`--no-cross-namespace-refs`), as far as that is in sight. */
export function controllersRefuseOtherNamespaces(kind: string, { inventory }: RuleContext): Related | undefined {
  const name = CONTROLLER[kind];
  for (const resource of inventory.byKind('apps/Deployment')) {
    if (resource.name !== name) continue;
    const place = flagOf(resource);
    if (place !== undefined) return { resource, path: place, message: 'this flag refuses references to other namespaces' };
  }
  for (const resource of inventory.byKind('fluxcd.controlplane.io/FluxInstance')) {
    if (valueAt(resource.object, ['spec', 'cluster', 'multitenant']) === true)
      return { resource, path: ['spec', 'cluster', 'multitenant'], message: 'a multi-tenant Flux refuses references to other namespaces' };
  }
  return undefined;
}

function flagOf({ object }: Resource): readonly (string | number)[] | undefined {
  const containers = valueAt(object, ['spec', 'template', 'spec', 'containers']);
  if (!isArray(containers)) return undefined;
  for (const [index, container] of containers.entries()) {
    const args = valueAt(container, ['args']);
    if (!isArray(args)) continue;
    const at = args.findIndex((arg) => arg === '--no-cross-namespace-refs=true' || arg === '--no-cross-namespace-refs');
    if (at >= 0) return ['spec', 'template', 'spec', 'containers', index, 'args', at];
  }
  return undefined;
}

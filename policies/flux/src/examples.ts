const API: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  HelmRepository: 'source.toolkit.fluxcd.io/v1',
  HelmChart: 'source.toolkit.fluxcd.io/v1',
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  OCIRepository: 'source.toolkit.fluxcd.io/v1',
  ImagePolicy: 'image.toolkit.fluxcd.io/v1',
  ImageUpdateAutomation: 'image.toolkit.fluxcd.io/v1',
  Alert: 'notification.toolkit.fluxcd.io/v1beta3',
  Provider: 'notification.toolkit.fluxcd.io/v1beta3',
  ResourceSet: 'fluxcd.controlplane.io/v1',
};

/** The manifest of a rule's example: a Flux object `shop` with these lines of its spec. */
export function example(kind: string, lines: readonly string[], name = 'shop', namespace = 'shop'): string {
  const head = [`apiVersion: ${API[kind] ?? 'v1'}`, `kind: ${kind}`, 'metadata:', `  name: ${name}`, `  namespace: ${namespace}`, 'spec:'];
  return `${[...head, ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

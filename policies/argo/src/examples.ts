/** The manifest of a rule's example: an object of Argo `shop` with these lines of its spec. */
export function example(kind: string, lines: readonly string[], name = 'shop', namespace = 'argocd'): string {
  const head = ['apiVersion: argoproj.io/v1alpha1', `kind: ${kind}`, 'metadata:', `  name: ${name}`, `  namespace: ${namespace}`, 'spec:'];
  return `${[...head, ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

/** The lines of an Application's spec, with these lines of its source and of the rest. */
export function application(source: readonly string[], rest: readonly string[] = []): string {
  return example('Application', [
    'project: shop',
    'source:',
    '  repoURL: https://git.example.org/shop.git',
    ...source.map((line) => `  ${line}`),
    'destination:',
    '  server: https://kubernetes.default.svc',
    '  namespace: shop',
    ...rest,
  ]);
}

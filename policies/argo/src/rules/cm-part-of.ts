import { mayGainFields, type Problem, type ResourceRule, valueAt } from '@plumbline/core';

// Those that Argo CD lists by the label (SettingsManager); others it reads by name, or they are mounted.
const NAMES = new Set(['argocd-cm', 'argocd-ssh-known-hosts-cm', 'argocd-tls-certs-cm', 'argocd-gpg-keys-cm']);
const LABEL = 'app.kubernetes.io/part-of';

const map = (labels: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
${labels}data:
  url: https://argocd.example.org
`;

export const rule: ResourceRule = {
  id: 'argo/cm-part-of',
  title: "Argo CD's own ConfigMaps have the label by which it finds them",
  why: 'Argo CD reads its settings from ConfigMaps with the label app.kubernetes.io/part-of: argocd only; without it the settings count as missing.',
  remedy: 'Add the label.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#atomic-configuration',
  examples: { pass: map('  labels:\n    app.kubernetes.io/part-of: argocd\n'), fail: map('') },
  kinds: ['ConfigMap'],
  check(resource): Iterable<Problem> {
    if (!NAMES.has(resource.name) || mayGainFields(resource)) return [];
    const labels = valueAt(resource.object, ['metadata', 'labels']);
    const label = valueAt(labels, [LABEL]);
    if (label === 'argocd') return [];
    const path = ['metadata', 'labels', LABEL];
    const fix = (op: 'add' | 'replace', at: readonly string[], after: string | { [LABEL]: string }) => ({
      title: `label it ${LABEL}: argocd`,
      safe: true,
      changes: [{ op, path: at, after }],
    });
    if (label !== undefined) return [{ path, message: `label ${LABEL} is not "argocd"`, fix: fix('replace', path, 'argocd') }];
    const message = `no label ${LABEL}: Argo CD does not see this ConfigMap`;
    if (typeof labels === 'object' && labels !== null)
      return [{ path: ['metadata', 'labels'], part: 'key', message, fix: fix('add', path, 'argocd') }];
    return [{ path: ['metadata'], part: 'key', message, fix: fix('add', ['metadata', 'labels'], { [LABEL]: 'argocd' }) }];
  },
};

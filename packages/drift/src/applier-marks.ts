import { type FieldPath, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';

// Whoever applies from Git puts marks on what it applies, by which it knows it again. They are in no source, so that they are no drift.

const LABELS = new Set([
  'applyset.kubernetes.io/part-of',
  'helm.toolkit.fluxcd.io/name',
  'helm.toolkit.fluxcd.io/namespace',
  'kapp.k14s.io/app',
  'kapp.k14s.io/association',
  'kustomize.toolkit.fluxcd.io/name',
  'kustomize.toolkit.fluxcd.io/namespace',
]);
const ANNOTATIONS = new Set([
  'argocd.argoproj.io/installation-id',
  'argocd.argoproj.io/tracking-id',
  'config.k8s.io/owning-inventory',
  'kapp.k14s.io/disable-original',
  'kapp.k14s.io/identity',
  'kapp.k14s.io/original',
  'kapp.k14s.io/original-diff-md5',
  'kustomize.toolkit.fluxcd.io/checksum',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
]);

/** Argo CD's instance label, where it tracks by label. People write it too. */
const INSTANCE = 'app.kubernetes.io/instance';
/** Helm sets it to `Helm` on all that it installs. People write it too. */
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Whether a live value that the source does not have is such a mark. `managers`: those that own it. */
export function isApplierMark(path: FieldPath, value: JsonValue, live: JsonObject, managers: readonly string[]): boolean {
  const [first, kind, key] = path;
  if (path.length !== 3 || first !== 'metadata' || typeof key !== 'string') return false;
  if (kind === 'annotations') return ANNOTATIONS.has(key);
  if (kind !== 'labels') return false;
  return LABELS.has(key) || whoWrites(key, value, live, managers) !== undefined;
}

/** Why a live value is not the one that the source has, where whoever applies puts a mark in its place. */
export function whyMarked(path: FieldPath, value: JsonValue, live: JsonObject, managers: readonly string[]): string | undefined {
  const [first, kind, key] = path;
  if (path.length !== 3 || first !== 'metadata' || kind !== 'labels' || typeof key !== 'string') return undefined;
  const who = whoWrites(key, value, live, managers);
  return who === undefined ? undefined : `${who} writes the label by itself, whatever the source says`;
}

/** Of a label that people write too: the program that wrote it, where that is sure. */
function whoWrites(key: string, value: JsonValue, live: JsonObject, managers: readonly string[]): string | undefined {
  const annotations = valueAt(live, ['metadata', 'annotations']);
  if (key === MANAGED_BY && value === 'Helm' && member(annotations, 'meta.helm.sh/release-name') !== undefined) return 'Helm';
  const isArgo = key === INSTANCE && managers.length > 0 && managers.every((manager) => /^argocd(?:-|$)/.test(manager));
  // Where it tracks by annotation it leaves the label alone.
  return isArgo && member(annotations, 'argocd.argoproj.io/tracking-id') === undefined ? 'Argo CD' : undefined;
}

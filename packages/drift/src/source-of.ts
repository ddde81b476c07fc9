import { type JsonObject, member } from '@plumbline/core';

const FLUX = 'kustomize.toolkit.fluxcd.io';
const FLUX_HELM = 'helm.toolkit.fluxcd.io';

/**
 * What applied an object, as its labels and annotations say: a Flux Kustomization or HelmRelease, an Argo CD Application, an ApplySet.
 * Undefined where nothing says so.
 */
export function sourceOf(object: JsonObject): string | undefined {
  const labels = member(object.metadata, 'labels');
  const annotations = member(object.metadata, 'annotations');
  const text = (from: typeof labels, key: string): string | undefined => {
    const value = member(from, key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  for (const group of [FLUX, FLUX_HELM]) {
    const name = text(labels, `${group}/name`);
    if (name !== undefined) return `${group} ${text(labels, `${group}/namespace`) ?? ''}/${name}`;
  }
  const tracking = text(annotations, 'argocd.argoproj.io/tracking-id');
  if (tracking !== undefined) return `argocd ${tracking.split(':')[0] ?? ''}`;
  const set = text(labels, 'applyset.kubernetes.io/part-of');
  return set === undefined ? undefined : `applyset ${set}`;
}

/** The labels that all objects of a source have, as a list is asked for them; undefined where it marks them by no label. */
export function selectorOf(source: string): string | undefined {
  const [by = '', of = ''] = source.split(' ');
  if (by === 'applyset') return `applyset.kubernetes.io/part-of=${of}`;
  if (by !== FLUX && by !== FLUX_HELM) return undefined;
  const [namespace = '', name = ''] = of.split('/');
  return `${by}/name=${name}${namespace === '' ? '' : `,${by}/namespace=${namespace}`}`;
}

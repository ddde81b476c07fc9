import { type JsonObject, member } from '@plumbline/core';

/** What keeps an object that its source does not have any more, as a clause; undefined where it is deleted by whoever applied it. */
export function whyKept(object: JsonObject): string | undefined {
  const annotations = member(object.metadata, 'annotations');
  const labels = member(object.metadata, 'labels');
  const options = member(annotations, 'argocd.argoproj.io/sync-options');
  if (typeof options === 'string' && options.split(',').some((each) => each.trim() === 'Prune=false'))
    return 'Argo CD keeps it: its sync options say Prune=false';
  if ([annotations, labels].some((from) => member(from, 'kustomize.toolkit.fluxcd.io/prune') === 'disabled'))
    return 'Flux keeps it: prune is disabled';
  return member(annotations, 'helm.sh/resource-policy') === 'keep' ? 'Helm keeps it: its resource policy says so' : undefined;
}

/** What goes with an object that is deleted or replaced, as a clause; undefined where it is made again as it was. */
export function whatIsLost(object: JsonObject): string | undefined {
  const { kind } = object;
  const spec = (key: string) => member(object.spec, key);
  switch (kind) {
    case 'PersistentVolumeClaim':
      return 'the data of the claim may be lost with it';
    case 'PersistentVolume':
      return spec('persistentVolumeReclaimPolicy') === 'Delete' ? 'the data of the volume is lost with it' : undefined;
    case 'Namespace':
      return 'everything in the namespace is lost with it';
    case 'CustomResourceDefinition':
      return 'every object of the kind that it defines is lost with it';
    case 'StatefulSet':
      return member(spec('persistentVolumeClaimRetentionPolicy'), 'whenDeleted') === 'Delete'
        ? 'the data of its claims is lost with it'
        : undefined;
    default:
      return undefined;
  }
}

import type { Applied, Resource } from '@plumbline/core';
import { sameApplication } from '@plumbline/policy-argo';
import { otherOwner, otherRelease } from '@plumbline/policy-flux';

/** Two objects that apply the same to one cluster, and what that is. */
export interface OwnedTwice {
  /** `Kustomization apps`, the first by its file first. */
  readonly owners: readonly PlacedName[];
  /** `ConfigMap cart`, `Helm release cart`; of Applications that are alike in all that they apply, none. */
  readonly owned: readonly PlacedName[];
}

/** Kind and name of an object, and where it is written. */
export interface PlacedName {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

const SEARCHED = new Set(['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application']);

/** What two own, as the rules flux/duplicate-ownership and argo/duplicate-ownership find it: each of several with the first. */
export function ownedTwice({ resources, repository, inventoryOf }: Applied): readonly OwnedTwice[] {
  const found: OwnedTwice[] = [];
  for (const resource of resources) {
    if (!SEARCHED.has(`${resource.gvk.group}/${resource.gvk.kind}`)) continue;
    const inventory = inventoryOf(resource.unit);
    if (resource.gvk.kind === 'Kustomization') {
      const pair = otherOwner(resource, inventory, repository());
      if (pair !== undefined) found.push({ owners: [pair.other, resource].map(placed), owned: pair.all().map(placed) });
    } else if (resource.gvk.kind === 'HelmRelease') {
      const pair = otherRelease(resource, inventory);
      if (pair === undefined) continue;
      const first = placed(pair.other);
      const release = { ...first, name: `Helm release ${pair.release.namespace}/${pair.release.name}` };
      found.push({ owners: [first, placed(resource)], owned: [release] });
    } else {
      const other = sameApplication(resource, inventory);
      if (other !== undefined) found.push({ owners: [other, resource].map(placed), owned: [] });
    }
  }
  return found;
}

function placed(resource: Resource): PlacedName {
  const { gvk, name, document, root } = resource;
  const path = ['metadata', 'name'];
  const place = resource.locate?.(path);
  return {
    name: `${gvk.kind} ${name}`.trim(),
    file: place?.file ?? document.file.path,
    line: (place ?? document.rangeOf([...root, ...path])).line,
  };
}

import { addTo, type Inventory, isPlain, type Resource, type Unit, valueAt } from '@plumbline/core';
import { HELM_RELEASE } from './kinds.ts';
import { isOther } from './two-owners.ts';

/** A Helm release in the cluster: its name, and where its state is kept. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

/** The first HelmRelease before this one in the inventory that has the same release. */
export function otherRelease(
  resource: Resource,
  inventory: Inventory,
): { readonly other: Resource; readonly release: Release } | undefined {
  const release = releaseOf(resource);
  if (release === undefined) return undefined;
  for (const other of releasesIn(inventory).get(resource.unit)?.get(keyOf(release)) ?? []) {
    if (other === resource) return undefined;
    if (isOther(resource, other)) return { other, release };
  }
  return undefined;
}

const known = new WeakMap<Inventory, ReadonlyMap<Unit, ReadonlyMap<string, readonly Resource[]>>>();

function releasesIn(inventory: Inventory): ReadonlyMap<Unit, ReadonlyMap<string, readonly Resource[]>> {
  const before = known.get(inventory);
  if (before !== undefined) return before;
  const releases = new Map<Unit, Map<string, Resource[]>>();
  for (const resource of inventory.byKind(HELM_RELEASE)) {
    const release = releaseOf(resource);
    if (release === undefined) continue;
    const ofUnit = releases.get(resource.unit) ?? new Map<string, Resource[]>();
    releases.set(resource.unit, ofUnit);
    addTo(ofUnit, keyOf(release), resource);
  }
  known.set(inventory, releases);
  return releases;
}

function keyOf({ name, namespace }: Release): string {
  return `${namespace}/${name}`;
}

/** Name and storage of the release as the controller works them out; undefined where they are filled in later, or lie in another cluster. */
function releaseOf(resource: Resource): Release | undefined {
  const { object, namespace, name, unit } = resource;
  if (unit.state !== 'as-applied' || namespace === undefined || !isPlain(namespace) || !isPlain(name)) return undefined;
  if (valueAt(object, ['spec', 'kubeConfig']) !== undefined) return undefined;
  const fields = ['releaseName', 'targetNamespace', 'storageNamespace'].map((field) => {
    const value = valueAt(object, ['spec', field]);
    return typeof value === 'string' ? value : '';
  });
  const [releaseName = '', target = '', storage = ''] = fields;
  if (fields.some((field) => field !== '' && !isPlain(field))) return undefined;
  return {
    name: releaseName !== '' ? releaseName : target !== '' ? `${target}-${name}` : name,
    namespace: storage !== '' ? storage : namespace,
  };
}

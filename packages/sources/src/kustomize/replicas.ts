import { closest } from '@plumbline/core';
import { applySpec, type FieldSpec } from './field-spec.ts';
import { scalar, Tag } from './node.ts';
import { isSelected } from './res-id.ts';
import type { ResourceMap } from './resource-map.ts';
import { setScalar } from './set-field.ts';
import type { Settings } from './settings.ts';

/** Sets the count of the workloads of a name that they have or had. Throws a BuildError where there is none. */
export function setReplicas(resources: ResourceMap, replica: Settings, specs: readonly FieldSpec[]): void {
  const name = replica.text('name');
  const count = replica.get('count');
  const mark = (count ?? replica).mark();
  let isFound = false;
  for (const spec of specs) {
    for (const resource of resources.byAnyId((id) => id.name === name && isSelected(id, spec))) {
      isFound = true;
      applySpec(resource, spec, (node) => setScalar(node, scalar(String(count?.value ?? 0), mark, Tag.integer)), {
        kind: 'scalar',
        tag: Tag.integer,
        mark,
      });
    }
  }
  if (isFound) return;
  const ids = resources.list.map((resource) => resource.orgId());
  const similar = closest(name, new Set(ids.flatMap((id) => (specs.some((spec) => isSelected(id, spec)) ? [id.name] : []))));
  const guess = similar === undefined ? '' : `; did you mean "${similar}"?`;
  throw (replica.get('name') ?? replica).error(`there is no workload "${name}" whose replicas could be set${guess}`);
}

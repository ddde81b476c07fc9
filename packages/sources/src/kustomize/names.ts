import { applySpec, type FieldSpec } from './field-spec.ts';
import type { Mark } from './mark.ts';
import { type Node, scalar, Tag, touch } from './node.ts';
import { isSelected } from './res-id.ts';
import type { ResourceMap } from './resource-map.ts';
import { setScalar } from './set-field.ts';

/** The kinds whose names mean something outside of the cluster's objects. */
const SKIPPED = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
] as const;

/** Puts a prefix before names, or a suffix behind them. */
export function affixNames(
  resources: ResourceMap,
  side: 'prefix' | 'suffix',
  affix: string,
  specs: readonly FieldSpec[],
  mark: Mark,
): void {
  const change = (node: Node): void => {
    setValue(node, side === 'prefix' ? affix + node.value : node.value + affix);
    touch(node, mark);
  };
  for (const resource of resources.list) {
    const id = resource.orgId();
    if (SKIPPED.some((kind) => isSelected(id, kind))) continue;
    for (const spec of specs) {
      if (!isSelected(id, spec)) continue;
      if (spec.path === 'metadata/name') {
        if (side === 'prefix') resource.addPrefix(affix);
        else resource.addSuffix(affix);
        if (affix !== '') resource.storePreviousId();
      }
      applySpec(resource, spec, change, { kind: 'scalar', tag: Tag.string, mark });
    }
  }
}

/** Changes the text of a scalar that stays where it is written. */
export function setValue(node: Node, value: string): void {
  const { mark, history } = node;
  setScalar(node, scalar(value, mark));
  node.history = history;
}

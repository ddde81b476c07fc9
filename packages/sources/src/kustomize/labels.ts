import { applySpec, type FieldSpec } from './field-spec.ts';
import { type Node, scalar, Tag } from './node.ts';
import type { ResourceMap } from './resource-map.ts';
import { setField } from './set-field.ts';
import type { Settings } from './settings.ts';

export type Entries = readonly { readonly key: string; readonly text: string; readonly at: Settings }[];

/** Adds labels or annotations to the mappings that the specs mean. */
export function addEntries(resources: ResourceMap, entries: Entries, specs: readonly FieldSpec[]): void {
  const marks = entries.map(({ key, text, at }) => ({ key, text, mark: at.mark(), keyMark: at.mark('key') }));
  for (const resource of resources.list) {
    for (const { key, text, mark, keyMark } of marks) {
      // As in kustomize one node is the value of all fields that it makes in an object: what overwrites one of them later overwrites all.
      const value = scalar(text, mark, Tag.string);
      const change = (node: Node): void => {
        setField(node, key, value, keyMark);
      };
      for (const spec of specs) applySpec(resource, spec, change, { kind: 'map', tag: Tag.map, mark: keyMark });
    }
  }
}

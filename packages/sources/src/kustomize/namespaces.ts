import { applySpec, type FieldSpec } from './field-spec.ts';
import type { Mark } from './mark.ts';
import { field, isEmpty, isNull, type Node, scalar, Tag, textOf } from './node.ts';
import { BuildError } from './problem.ts';
import { describe, keyOf } from './res-id.ts';
import type { Resource } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import { ensureMember, setScalar } from './set-field.ts';

export interface NamespaceSetting {
  readonly namespace: string;
  readonly mark: Mark;
  readonly specs: readonly FieldSpec[];
  readonly unsetOnly?: boolean;
  /** Which subjects of role bindings are moved too: those named `default` unless said otherwise. */
  readonly subjects?: string;
}

const SUBJECTS = ['defaultOnly', 'allServiceAccounts', 'none'];
const OWN_NAMESPACE: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/namespace', create: true };

export function setNamespaces(resources: ResourceMap, setting: NamespaceSetting): void {
  if (setting.namespace === '') return;
  const subjects = setting.subjects || 'defaultOnly';
  if (!SUBJECTS.includes(subjects)) {
    throw new BuildError(`setRoleBindingSubjects is one of ${SUBJECTS.join(', ')}, not "${subjects}"`, setting.mark);
  }
  for (const resource of resources.list) {
    if (isEmpty(resource.node)) continue;
    resource.storePreviousId();
    setNamespace(resource, setting, subjects);
  }
  const seen = new Map<string, Resource>();
  for (const resource of resources.list) {
    const id = resource.curId();
    const key = keyOf(id);
    if (seen.has(key)) throw new BuildError(`with this namespace there are two objects ${describe(id)}`, setting.mark);
    seen.set(key, resource);
  }
}

/** Sets the namespace of one object, and of what it refers to by namespace. */
export function setNamespace(resource: Resource, { namespace, mark, specs, unsetOnly }: NamespaceSetting, subjects = 'defaultOnly'): void {
  const { kind } = resource;
  const change = (node: Node): void => {
    if (unsetOnly === true && !isEmpty(node) && textOf(node) !== '') return;
    setScalar(node, scalar(namespace, mark, Tag.string));
  };
  if (!resource.curId().isClusterScoped) applySpec(resource, OWN_NAMESPACE, change, { kind: 'scalar', tag: Tag.none, mark });
  const isBinding = kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
  if (isBinding && subjects !== 'none') {
    for (const subject of elementsOf(field(resource.node, 'subjects'))) {
      const isMeant =
        subjects === 'defaultOnly' ? textOf(field(subject, 'name')) === 'default' : textOf(field(subject, 'kind')) === 'ServiceAccount';
      if (isMeant) change(ensureMember(subject, 'namespace', mark));
    }
  }
  for (const spec of specs) {
    if (spec.path === 'metadata/namespace') continue;
    if (spec.path === 'metadata/name' && resource.apiVersion !== 'v1') continue;
    if (isBinding && spec.path === 'subjects/namespace' && (spec.kind === 'RoleBinding' || spec.kind === 'ClusterRoleBinding')) continue;
    applySpec(resource, spec, change, { kind: 'scalar', tag: Tag.string, mark });
  }
}

function elementsOf(list: Node | undefined): readonly Node[] {
  if (list === undefined || isNull(list)) return [];
  if (list.kind !== 'seq') throw new BuildError('the subjects of a role binding are no list', list.mark);
  return list.content;
}

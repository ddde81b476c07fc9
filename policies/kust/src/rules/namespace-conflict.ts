import { extract, isArray, member, type Related, type Resource, type ResourceRule, type RuleContext } from '@plumbline/core';
import { folderOf, joinPath } from '../paths.ts';

export const rule: ResourceRule = {
  id: 'kust/namespace-conflict',
  title: 'A kustomization does not move objects out of the namespace that their file names',
  why: 'The namespace of the kustomization takes the place of the one that the file beside it names, without a word: what must be in that namespace (a RoleBinding in kube-system, a policy for another team) is applied elsewhere.',
  remedy:
    'Where the object belongs to its own namespace, list it in a kustomization without `namespace`; where it does not, take the namespace out of the file.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/',
  kinds: ['kustomize/Kustomization'],
  scope: 'repository',
  *check(resource, context) {
    const namespace = member(resource.object, 'namespace');
    if (typeof namespace !== 'string' || namespace === '') return;
    const moved = listedObjects(resource, context).filter(
      (each) => each.namespace !== undefined && each.namespace !== namespace && each.namespace !== PLACEHOLDER,
    );
    const [first] = moved;
    if (first === undefined) return;
    const others = new Set(moved.map((each) => each.namespace));
    const what = moved.length === 1 ? `${first.gvk.kind} "${first.name}"` : `${moved.length} objects`;
    yield {
      path: ['namespace'],
      message: `this moves ${what} from ${[...others].map((name) => `"${name}"`).join(', ')} to "${namespace}"`,
      related: moved.slice(0, MAX_RELATED).map(
        (each): Related => ({
          resource: each,
          path: ['metadata', 'namespace'],
          message: `${each.gvk.kind} "${each.name}" names its own`,
        }),
      ),
    };
  },
};

const MAX_RELATED = 5;
/** What Kubebuilder writes for the namespace that the kustomization sets. */
const PLACEHOLDER = 'system';

/** The objects of the files that the kustomization itself lists. */
function listedObjects(resource: Resource, { repository }: RuleContext): readonly Resource[] {
  const folder = folderOf(resource.name);
  const entries = member(resource.object, 'resources');
  const listed = new Set(
    (isArray(entries) ? entries : []).flatMap((entry) => (typeof entry === 'string' ? [joinPath(folder, entry)] : [])),
  );
  return repository
    .filesBelow(folder)
    .filter(({ file, role }) => role === 'manifest' && listed.has(file.path))
    .flatMap((file) => extract(file).resources);
}

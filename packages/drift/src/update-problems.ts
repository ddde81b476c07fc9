import { isObject, type JsonObject, member, type Problem, type Resource } from '@plumbline/core';
import { driftOfObject, type KindPorts } from './object-drift.ts';

const SELECTORS = new Set(['apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet']);

/** What a server would refuse of the change of an object from `old`, by the ids of the rule of updates. */
export function updateProblems(resource: Resource, old: JsonObject, ports: KindPorts): readonly Problem[] {
  const problems: Problem[] = [];
  const { changes } = driftOfObject(resource.object, old, ports, { encrypted: resource.encrypted === true, separate: true });
  for (const { path, op, immutable } of changes) {
    // What is not written any more has no place to stand on, and the server may keep it.
    if (immutable === undefined || op === 'remove') continue;
    const label = labelOf(resource, path);
    problems.push(
      label === undefined
        ? {
            rule: isSettings(resource) ? 'cfg/immutable-config' : CHANGED,
            path,
            message: immutable.replace(/: the object must be replaced$/, ''),
          }
        : // One entry reaches many objects: in the same words it is said once.
          { rule: 'kust/labels-selectors', path, message: `the label "${label}" gets into selectors or templates that cannot be changed` },
    );
  }
  const isSaid = problems.some(({ path = [] }) => path[0] === 'spec' && path[1] === 'selector');
  return isSaid ? problems : [...problems, ...lostLabels(resource, old)];
}

const CHANGED = 'wl/selector-immutable-change';

function isSettings({ gvk }: Resource): boolean {
  return gvk.group === '' && (gvk.kind === 'ConfigMap' || gvk.kind === 'Secret');
}

/** The label that a kustomization sets in a selector or in a template, of which it is a part that cannot be changed. */
function labelOf({ locate }: Resource, path: Problem['path'] = []): string | undefined {
  const [within, name] = path.slice(-2);
  if (typeof name !== 'string' || (within !== 'matchLabels' && within !== 'labels' && within !== 'selector')) return undefined;
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(locate?.(path).file ?? '') ? name : undefined;
}

/** A selector is compared as a whole: whoever applied a label takes it out, and the server refuses that. */
function lostLabels({ object, gvk }: Resource, old: JsonObject): readonly Problem[] {
  const [before, now] = [old, object].map((each) => member(member(member(each, 'spec'), 'selector'), 'matchLabels'));
  if (!SELECTORS.has(`${gvk.group}/${gvk.kind}`) || !isObject(before) || !isObject(now)) return [];
  const lost = Object.keys(before).filter((name) => !Object.hasOwn(now, name));
  if (lost.length === 0) return [];
  const names = lost.map((name) => `"${name}"`).join(', ');
  const message = `spec.selector of a ${gvk.kind} cannot be changed, and has lost ${names}`;
  return [{ rule: CHANGED, path: ['spec', 'selector', 'matchLabels'], part: 'key', message }];
}

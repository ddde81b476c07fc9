import { type JsonObject, parseGvk, type Resource, valueAt } from '@plumbline/core';
import { textAt } from './argo-differences.ts';

/** The built-in set of replicas that an autoscaler owns. */
export const AUTOSCALED = 'autoscaled-replicas';

/** Which autoscaler sets the replicas of an object, `HorizontalPodAutoscaler "web"`; those on either side count. */
export function autoscalers(resources: readonly Resource[]): (resource: Resource) => string | undefined {
  const byTarget = new Map<string, string>();
  for (const { gvk, namespace, name, object } of resources) {
    const isScaled = gvk.group === 'keda.sh' && gvk.kind === 'ScaledObject';
    if (!isScaled && !(gvk.group === 'autoscaling' && gvk.kind === 'HorizontalPodAutoscaler')) continue;
    const target = targetOf(object, isScaled);
    if (target !== undefined) byTarget.set(`${target}\n${namespace ?? 'default'}`, `${gvk.kind} "${name}"`);
  }
  return ({ gvk, namespace, name }) => byTarget.get(`${gvk.group}\n${gvk.kind}\n${name}\n${namespace ?? 'default'}`);
}

/** KEDA takes a Deployment where no kind is said. */
function targetOf(object: JsonObject, isScaled: boolean): string | undefined {
  const reference = valueAt(object, ['spec', 'scaleTargetRef']) ?? null;
  const name = textAt(reference, 'name');
  const kind = textAt(reference, 'kind') || (isScaled ? 'Deployment' : '');
  const apiVersion = textAt(reference, 'apiVersion') || (isScaled ? 'apps/v1' : '');
  return name === '' || kind === '' ? undefined : `${parseGvk(apiVersion, kind).group}\n${kind}\n${name}`;
}

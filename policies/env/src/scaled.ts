import { type Resource, type RuleContext, valueAt } from '@plumbline/core';

const SCALERS = ['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject', 'autoscaling.k8s.io/VerticalPodAutoscaler'];

/** Whether something else may set the replicas: an autoscaler in sight, or what is not in sight. */
export function isScaled(resource: Resource, { environments }: Pick<RuleContext, 'environments'>): boolean {
  const here = environments.of(resource);
  return (here?.resources ?? []).some(({ gvk, namespace, object }) => {
    if (!SCALERS.includes(`${gvk.group}/${gvk.kind}`) || (namespace ?? '') !== (resource.namespace ?? '')) return false;
    const kind = valueAt(object, ['spec', 'scaleTargetRef', 'kind']);
    return valueAt(object, ['spec', 'scaleTargetRef', 'name']) === resource.name && (kind === undefined || kind === resource.gvk.kind);
  });
}

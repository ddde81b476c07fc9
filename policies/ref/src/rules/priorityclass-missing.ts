import { meantBy, POD_KINDS, podSpecOf, type ResourceRule } from '@plumbline/core';
import { namesakes } from '../sight.ts';

const CLASSES = [
  ['priorityClassName', 'scheduling.k8s.io/PriorityClass', ['system-cluster-critical', 'system-node-critical']],
  ['runtimeClassName', 'node.k8s.io/RuntimeClass', []],
] as const;

export const rule: ResourceRule = {
  id: 'ref/priorityclass-missing',
  title: 'The PriorityClass and RuntimeClass of a pod exist',
  why: 'The API server refuses pods of a class that does not exist, so the workload stays at zero replicas.',
  remedy: 'Correct the name, or add the class. If it comes with the cluster, name it under "external" in the configuration.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  priorityClassName: system-cluster-critical
  containers: []
`,
    fail: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  priorityClassName: system-cluster-critcal
  containers: []
`,
  },
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
  kinds: POD_KINDS,
  scope: 'unit',
  *check(resource, context) {
    const pod = podSpecOf(resource);
    if (pod === undefined) return;
    const { inventory } = context;
    for (const [field, kind, builtin] of CLASSES) {
      const name = pod.spec[field];
      if (typeof name !== 'string' || name === '' || builtin.some((each) => each === name)) continue;
      if (namesakes(inventory, kind, name).length > 0 || inventory.isExternal(kind, undefined, name)) continue;
      const path = [...pod.path, field];
      const shown = kind.slice(kind.indexOf('/') + 1);
      const classes = inventory.byKind(kind).slice(0, 100);
      const meant = meantBy(name, [...classes, ...builtin.map((each) => ({ name: each, gvk: undefined }))]);
      if (meant !== undefined) {
        const related = classes.filter((each) => each === meant);
        yield {
          path,
          message: `no ${shown} "${name}" is defined here; did you mean "${meant.name}"?`,
          related: related.map((each) => ({ resource: each, path: ['metadata', 'name'], message: 'this class has a similar name' })),
        };
      } else yield { notEvaluated: inventory.incomplete ?? 'the class may come with the cluster' };
    }
  },
};

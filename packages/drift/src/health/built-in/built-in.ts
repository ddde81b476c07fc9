import type { GroupVersionKind } from '@plumbline/core';
import type { HealthRule } from '../rule.ts';
import { apiService } from './api-service.ts';
import { cronJob } from './cron-job.ts';
import { customResourceDefinition } from './custom-resource-definition.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { ingress } from './ingress.ts';
import { job } from './job.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { pod } from './pod.ts';
import { replicaSet } from './replica-set.ts';
import { service } from './service.ts';
import { statefulSet } from './stateful-set.ts';

const RULES: Readonly<Record<string, HealthRule>> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  'extensions/Deployment': deployment,
  'extensions/DaemonSet': daemonSet,
  'extensions/ReplicaSet': replicaSet,
  'extensions/Ingress': ingress,
  'networking.k8s.io/Ingress': ingress,
  '/Service': service,
  '/PersistentVolumeClaim': persistentVolumeClaim,
  '/Pod': pod,
  'batch/Job': job,
  'batch/CronJob': cronJob,
  'autoscaling/HorizontalPodAutoscaler': horizontalPodAutoscaler,
  'apiregistration.k8s.io/APIService': apiService,
  'apiextensions.k8s.io/CustomResourceDefinition': customResourceDefinition,
};

/** The rule of a built-in kind that has a health. */
export function builtInHealth({ group, kind }: GroupVersionKind): HealthRule | undefined {
  const id = `${group}/${kind}`;
  return Object.hasOwn(RULES, id) ? RULES[id] : undefined;
}

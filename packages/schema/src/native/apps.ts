import { checkAutoscaler } from './apps/autoscaler.ts';
import { checkCronJob } from './apps/cron-job.ts';
import { checkDaemonSet } from './apps/daemon-set.ts';
import { checkDeployment, checkReplicaSet } from './apps/deployment.ts';
import { checkJob } from './apps/job.ts';
import { checkReplicationController } from './apps/replication-controller.ts';
import { checkControllerRevision, checkDisruptionBudget } from './apps/small.ts';
import { checkStatefulSet } from './apps/stateful-set.ts';
import type { NativeCheck } from './native.ts';

/** Workloads: apps, batch, autoscaling, policy. */
export const APPS: Readonly<Record<string, NativeCheck>> = {
  '/ReplicationController': checkReplicationController,
  'apps/ControllerRevision': checkControllerRevision,
  'apps/DaemonSet': checkDaemonSet,
  'apps/Deployment': checkDeployment,
  'apps/ReplicaSet': checkReplicaSet,
  'apps/StatefulSet': checkStatefulSet,
  'autoscaling/HorizontalPodAutoscaler': checkAutoscaler,
  'batch/CronJob': checkCronJob,
  'batch/Job': checkJob,
  'policy/PodDisruptionBudget': checkDisruptionBudget,
};

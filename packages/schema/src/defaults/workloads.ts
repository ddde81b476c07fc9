import { type Defaulters, defaulter } from './defaulter.ts';
import { at, type Draft, ensure, get, isZero, setIfAbsent, setIfZero } from './draft.ts';

// pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go.

/** From when on a feature is on in a server that nobody configured. */
const FIRST_WITH = { claimRetention: 27, podReplacement: 29, manualSelector: 30, maxUnavailableOfStatefulSets: 37 };
const MAX_INT32 = 2147483647;

export const WORKLOADS: Defaulters = {
  'apps.v1.Deployment': defaulter('Deployment', setDeployment),
  'apps.v1.DaemonSet': defaulter('DaemonSet', setDaemonSet),
  'apps.v1.StatefulSet': defaulter('StatefulSet', setStatefulSet),
  'batch.v1.Job': defaulter('Job', setJob),
  'batch.v1.CronJob': defaulter('CronJob', setCronJob),
  'batch.v1beta1.CronJob': defaulter('CronJob', setCronJob),
};

function setDeployment(deployment: Draft): void {
  const spec = ensure(deployment, 'spec');
  setIfAbsent(spec, 'replicas', 1);
  const strategy = ensure(spec, 'strategy');
  setIfZero(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate') {
    const rolling = ensure(strategy, 'rollingUpdate');
    setIfAbsent(rolling, 'maxUnavailable', '25%');
    setIfAbsent(rolling, 'maxSurge', '25%');
  }
  setIfAbsent(spec, 'revisionHistoryLimit', 10);
  setIfAbsent(spec, 'progressDeadlineSeconds', 600);
}

function setDaemonSet(set: Draft): void {
  const spec = ensure(set, 'spec');
  const strategy = ensure(spec, 'updateStrategy');
  setIfZero(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate') {
    const rolling = ensure(strategy, 'rollingUpdate');
    setIfAbsent(rolling, 'maxUnavailable', 1);
    setIfAbsent(rolling, 'maxSurge', 0);
  }
  setIfAbsent(spec, 'revisionHistoryLimit', 10);
}

function setStatefulSet(set: Draft, minor: number): void {
  const spec = ensure(set, 'spec');
  setIfZero(spec, 'podManagementPolicy', 'OrderedReady');
  const strategy = ensure(spec, 'updateStrategy');
  if (isZero(get(strategy, 'type'))) {
    strategy.type = 'RollingUpdate';
    ensure(strategy, 'rollingUpdate');
  }
  const rolling = strategy.type === 'RollingUpdate' ? at(strategy, 'rollingUpdate') : undefined;
  if (rolling !== undefined) {
    setIfAbsent(rolling, 'partition', 0);
    if (minor >= FIRST_WITH.maxUnavailableOfStatefulSets) setIfAbsent(rolling, 'maxUnavailable', 1);
  }
  if (minor >= FIRST_WITH.claimRetention) {
    const policy = ensure(spec, 'persistentVolumeClaimRetentionPolicy');
    setIfZero(policy, 'whenDeleted', 'Retain');
    setIfZero(policy, 'whenScaled', 'Retain');
  }
  setIfAbsent(spec, 'replicas', 1);
  setIfAbsent(spec, 'revisionHistoryLimit', 10);
}

function setJob(job: Draft, minor: number): void {
  const spec = ensure(job, 'spec');
  if (get(spec, 'parallelism') === undefined) setIfAbsent(spec, 'completions', 1);
  setIfAbsent(spec, 'parallelism', 1);
  const isPerIndex = minor >= FIRST_WITH.podReplacement && get(spec, 'backoffLimitPerIndex') !== undefined;
  setIfAbsent(spec, 'backoffLimit', isPerIndex ? MAX_INT32 : 6);
  const labels = at(spec, 'template', 'metadata', 'labels');
  if (labels !== undefined) setIfZero(ensure(job, 'metadata'), 'labels', labels);
  setIfAbsent(spec, 'completionMode', 'NonIndexed');
  setIfAbsent(spec, 'suspend', false);
  if (minor >= FIRST_WITH.podReplacement)
    setIfAbsent(spec, 'podReplacementPolicy', get(spec, 'podFailurePolicy') === undefined ? 'TerminatingOrFailed' : 'Failed');
  if (minor >= FIRST_WITH.manualSelector) setIfAbsent(spec, 'manualSelector', false);
}

function setCronJob(job: Draft): void {
  const spec = ensure(job, 'spec');
  setIfZero(spec, 'concurrencyPolicy', 'Allow');
  setIfAbsent(spec, 'suspend', false);
  setIfAbsent(spec, 'successfulJobsHistoryLimit', 3);
  setIfAbsent(spec, 'failedJobsHistoryLimit', 1);
}

// Flux, Flagger, Numaproj, Keptn, Karmada, KServe and Knative.
import { type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { always, byConditions, byText, conditionsOf, first, health, list, stale, staleConditions, text, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

const isSuspended = when((object) => valueAt(object, ['spec', 'suspend']) === true, 'Suspended', 'suspended');

/** A release that is ready says so; what it did on the way may be of an older generation. */
const flux = first(
  isSuspended,
  unseen,
  byConditions(
    ['Stalled', 'True', 'Degraded'],
    ['Ready', 'True', 'Healthy'],
    ['Ready', 'False', 'Degraded'],
    ['Ready', 'Unknown', 'Progressing'],
  ),
  always('Progressing'),
);

const numaflow = first(
  unseen,
  stale,
  when(isFailedUpgrade, 'Degraded', 'a progressive upgrade failed'),
  byText(['status', 'phase'], { Degraded: ['Failed'], Suspended: ['Paused', 'Pausing'], Progressing: ['Pending', 'Deleting', ''] }),
  anyFalse,
  byText(['status', 'phase'], { Healthy: ['Running'] }),
  always('Progressing'),
);

function isFailedUpgrade(object: JsonObject): boolean {
  return /fail/i.test(text(object, 'metadata', 'labels', 'numaplane.numaproj.io/progressive-result-state'));
}

function anyFalse(object: JsonObject): Health | undefined {
  const found = conditionsOf(object).find(({ status }) => status === 'False');
  return found === undefined ? undefined : health('Degraded', found.message);
}

const numaplane = first(
  unseen,
  stale,
  byText(['status', 'phase'], { Degraded: ['Failed'] }),
  byConditions(['ProgressiveUpgradeSucceeded', 'False', 'Degraded']),
  byConditions(['MonoVertexPausingOrPaused', 'True', 'Healthy'], ['PipelinePausingOrPaused', 'True', 'Healthy']),
  byText(['status', 'phase'], { Progressing: ['Pending'] }),
  when((object) => text(object, 'status', 'upgradeInProgress') !== '', 'Progressing', 'an update is in progress'),
  byConditions(
    ['ChildResourcesHealthy', 'False', 'Progressing', ['Progressing']],
    ['ChildResourcesHealthy', 'False', 'Degraded'],
    ['ChildResourcesHealthy', 'Unknown', 'Progressing'],
    ['ChildResourcesHealthy', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

const keptn = {
  Healthy: ['Succeeded'],
  Degraded: ['Failed', 'Deprecated'],
  Progressing: ['Progressing', 'Pending', 'Unknown', ''],
} as const;

/** As a whole it is done once what comes after the deployment has been evaluated. */
const keptnVersion = first(unseen, byText(['status', 'status'], keptn), always('Progressing'));

const binding = first(
  unseen,
  (object: JsonObject) => {
    const [wanted, there] = [list(object, ['spec', 'clusters']).length, list(object, ['status', 'aggregatedStatus'])];
    if (there.length < wanted || there.length === 0) return health('Progressing', 'not all clusters have reported');
    const isBad = there.some((one) => valueAt(one, ['applied']) !== true || text(one, 'health') === 'Unhealthy');
    return isBad ? health('Degraded', 'a cluster could not apply it') : undefined;
  },
  (object: JsonObject) =>
    list(object, ['status', 'aggregatedStatus']).every((one) => text(one, 'health') === 'Healthy') ? health('Healthy') : undefined,
  always('Progressing'),
);

const knative = first(
  unseen,
  byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Progressing'], ['Ready', 'Unknown', 'Progressing']),
  when((object) => conditionsOf(object).length > 0, 'Degraded'),
  always('Progressing'),
);

export const delivery: HealthTable = {
  'source.toolkit.fluxcd.io/HelmRepository': first(isSuspended, byText(['spec', 'type'], { Healthy: ['oci'] }), flux),
  'notification.toolkit.fluxcd.io/Alert': first(isSuspended, byConditions(['Ready', 'False', 'Degraded']), always('Healthy')),
  'notification.toolkit.fluxcd.io/Provider': first(isSuspended, byConditions(['Ready', 'False', 'Degraded']), always('Healthy')),
  '*.toolkit.fluxcd.io/*': flux,
  'flagger.app/Canary': first(
    unseen,
    byText(
      ['status', 'phase'],
      {
        Degraded: ['Failed'],
        Healthy: ['Initialized', 'Succeeded'],
        Progressing: ['Initializing', 'Progressing', 'Waiting', 'WaitingPromotion', 'Promoting', 'Finalising', 'Terminating'],
      },
      'Unknown',
    ),
    always('Progressing'),
  ),
  'numaflow.numaproj.io/*': numaflow,
  'numaplane.numaproj.io/*': numaplane,
  'lifecycle.keptn.sh/KeptnEvaluation': first(unseen, byText(['status', 'overallStatus'], keptn), always('Progressing')),
  'lifecycle.keptn.sh/*': keptnVersion,
  'metrics.keptn.sh/Analysis': first(
    unseen,
    when((object) => text(object, 'status', 'state') !== 'Completed', 'Progressing'),
    when((object) => valueAt(object, ['status', 'pass']) === true, 'Healthy'),
    when((object) => valueAt(object, ['status', 'warning']) === true, 'Degraded'),
    always('Degraded'),
  ),
  'metrics.keptn.sh/KeptnMetric': first(
    unseen,
    when((object) => text(object, 'status', 'errMsg') !== '', 'Degraded'),
    when((object) => text(object, 'status', 'value') !== '', 'Healthy'),
    always('Progressing'),
  ),
  'work.karmada.io/*': binding,
  'operator.knative.dev/*': knative,
  'serving.knative.dev/Service': first(
    unseen,
    byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'Unknown', 'Progressing'], ['Ready', 'False', 'Degraded']),
    always('Progressing'),
  ),
  'serving.kserve.io/InferenceService': first(
    unseen,
    byConditions(['Stopped', 'True', 'Suspended']),
    byText(['status', 'modelStatus', 'transitionStatus'], {
      Degraded: ['BlockedByFailedLoad', 'InvalidSpec'],
      Progressing: ['InProgress'],
    }),
    anyFalseButStopped,
    when((object) => conditionsOf(object).some(({ status }) => status === 'Unknown'), 'Progressing'),
    byConditions(['Ready', 'True', 'Healthy']),
    always('Progressing'),
  ),
  'pulumi.com/*': first(
    unseen,
    staleConditions,
    byConditions(
      ['Stalled', 'True', 'Degraded'],
      ['Ready', 'True', 'Healthy'],
      ['Reconciling', 'True', 'Progressing'],
      ['Ready', 'False', 'Progressing'],
    ),
    always('Progressing'),
  ),
};

function anyFalseButStopped(object: JsonObject): Health | undefined {
  const found = conditionsOf(object).find(({ type, status }) => status === 'False' && type !== 'Stopped');
  return found === undefined ? undefined : health('Degraded', found.message);
}

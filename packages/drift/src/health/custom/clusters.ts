// Clusters, machines and nodes: Cluster API, Gardener, Karpenter, KubeVirt, OpenShift.
import { isArray, type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { always, byConditions, byText, conditionsOf, count, first, health, list, stale, text, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

const isPaused = when((object) => valueAt(object, ['spec', 'paused']) === true, 'Suspended', 'paused');
const hasFailure = when(
  (object) => text(object, 'status', 'failureMessage') !== '' || text(object, 'status', 'failureReason') !== '',
  'Degraded',
);

/** Conditions of Cluster API say how bad it is that they do not hold. */
function bySeverity(object: JsonObject): Health | undefined {
  const all = list(object, ['status', 'conditions']);
  const severe = all.find((one) => text(one, 'status') === 'False' && text(one, 'severity') === 'Error');
  if (severe !== undefined) return health('Degraded', text(severe, 'message'));
  const ready = conditionsOf(object).find(({ type }) => type === 'Ready');
  if (ready === undefined) return undefined;
  return ready.status === 'True' ? health('Healthy', ready.message) : health('Progressing', ready.message);
}

const PHASES = {
  Degraded: ['Failed'],
  Progressing: ['Pending', 'Provisioning', 'Deleting', 'ScalingUp', 'ScalingDown'],
  Unknown: ['Unknown'],
} as const;

const machines = first(
  unseen,
  isPaused,
  hasFailure,
  byText(['status', 'phase'], PHASES),
  stale,
  byText(['status', 'phase'], { Healthy: ['Running'] }),
  always('Progressing'),
);

function machine(object: JsonObject): Health | undefined {
  const phase = text(object, 'status', 'phase');
  if (phase === 'Failed') return health('Degraded', text(object, 'status', 'failureMessage'));
  if (phase !== 'Running') return health('Progressing', phase);
  const bad = conditionsOf(object).find(({ type, status }) => status === 'False' && type !== 'OwnerRemediated');
  return bad === undefined ? health('Healthy') : health('Degraded', bad.message);
}

function shoot(object: JsonObject): Health {
  if (valueAt(object, ['spec', 'hibernation', 'enabled']) === true) return health('Suspended', 'hibernated');
  const state = text(object, 'status', 'lastOperation', 'state');
  if (state === 'Processing' || state === 'Pending') return health('Progressing', text(object, 'status', 'lastOperation', 'description'));
  if (state === 'Failed' || state === 'Error' || state === 'Aborted')
    return health('Degraded', text(object, 'status', 'lastOperation', 'description'));
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return health('Degraded', 'no component has reported');
  if (conditions.some(({ status }) => status === 'Progressing')) return health('Progressing');
  const bad = conditions.find(({ status }) => status !== 'True');
  return bad === undefined ? health('Healthy') : health('Degraded', bad.message);
}

const virtualMachine = first(
  unseen,
  when((object) => conditionsOf(object).length === 0, 'Progressing'),
  byConditions(['Paused', 'True', 'Suspended'], ['Failure', 'True', 'Degraded']),
  when((object) => text(object, 'status', 'printableStatus') === 'Stopped' && isStopped(object), 'Suspended', 'stopped'),
  byText(['status', 'printableStatus'], {
    Degraded: [
      'CrashLoopBackOff',
      'ErrorUnschedulable',
      'ErrImagePull',
      'ImagePullBackOff',
      'ErrorPvcNotFound',
      'DataVolumeError',
      'Unschedulable',
    ],
  }),
  byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Progressing']),
  always('Progressing'),
);

function isStopped(object: JsonObject): boolean {
  return valueAt(object, ['spec', 'running']) !== true && text(object, 'spec', 'runStrategy') !== 'Always';
}

function deploymentConfig(object: JsonObject): Health {
  const conditions = conditionsOf(object);
  const of = (type: string): string => conditions.find((one) => one.type === type)?.status ?? '';
  if (of('Available') === 'False') return health('Degraded', 'not available');
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.status === 'False') return health('Degraded', progressing.message);
  const isDone = progressing?.status === 'True' && progressing.reason === 'NewReplicationControllerAvailable';
  if (valueAt(object, ['spec', 'paused']) === true) return health('Suspended');
  return isDone && of('Available') === 'True' ? health('Healthy') : health('Progressing', 'waiting for pods to run');
}

const degradedFirst = first(
  unseen,
  byConditions(
    ['Degraded', 'True', 'Degraded'],
    ['Available', 'False', 'Degraded'],
    ['Progressing', 'True', 'Progressing'],
    ['Available', 'True', 'Healthy'],
    ['Admitted', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

export const clusters: HealthTable = {
  'cluster.x-k8s.io/Cluster': first(
    unseen,
    isPaused,
    hasFailure,
    bySeverity,
    byText(['status', 'phase'], { Healthy: ['Provisioned'], ...PHASES }),
    always('Progressing'),
  ),
  'cluster.x-k8s.io/Machine': first(unseen, machine),
  'cluster.x-k8s.io/MachinePool': first(
    unseen,
    isPaused,
    hasFailure,
    byText(['status', 'phase'], { Degraded: ['Failed'] }),
    bySeverity,
    always('Progressing'),
  ),
  'cluster.x-k8s.io/*': machines,
  'controlplane.cluster.x-k8s.io/AWSManagedControlPlane': first(
    unseen,
    hasFailure,
    stale,
    when(
      (object) =>
        valueAt(object, ['status', 'ready']) === true &&
        !conditionsOf(object).some(({ type, status }) => type === 'Ready' && status === 'False'),
      'Healthy',
    ),
    always('Progressing'),
  ),
  '*.cluster.x-k8s.io/*': first(
    unseen,
    isPaused,
    hasFailure,
    stale,
    bySeverity,
    when((object) => valueAt(object, ['status', 'ready']) === true, 'Healthy'),
    always('Progressing'),
  ),
  'core.gardener.cloud/Shoot': shoot,
  'karpenter.sh/NodeClaim': first(
    unseen,
    byConditions(
      ['Disrupting', 'True', 'Suspended'],
      ['Launched', 'False', 'Degraded'],
      ['Registered', 'False', 'Degraded'],
      ['Initialized', 'False', 'Degraded'],
      ['Ready', 'False', 'Degraded'],
      ['Ready', 'True', 'Healthy'],
    ),
    always('Progressing'),
  ),
  'karpenter.sh/NodePool': first(
    unseen,
    byConditions(
      ['ValidationSucceeded', 'False', 'Degraded'],
      ['NodeClassReady', 'False', 'Degraded'],
      ['Ready', 'False', 'Degraded'],
      ['Ready', 'True', 'Healthy'],
    ),
    always('Progressing'),
  ),
  'kubevirt.io/VirtualMachine': virtualMachine,
  'kubevirt.io/VirtualMachineInstance': first(
    unseen,
    byConditions(['Paused', 'True', 'Suspended'], ['Failure', 'True', 'Degraded']),
    byText(['status', 'phase'], { Degraded: ['Failed'], Progressing: ['Pending', 'Scheduling', 'Scheduled'], Healthy: ['Succeeded'] }),
    byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Progressing']),
    always('Progressing'),
  ),
  'cdi.kubevirt.io/DataVolume': first(
    unseen,
    byText(['status', 'phase'], {
      Healthy: ['Succeeded'],
      Degraded: ['Failed', 'Unknown'],
      Suspended: ['WaitForFirstConsumer', 'PendingPopulation', 'Paused'],
    }),
    always('Progressing'),
  ),
  'apps.openshift.io/DeploymentConfig': deploymentConfig,
  'operator.openshift.io/*': degradedFirst,
  'ocs.openshift.io/*': degradedFirst,
  'build.openshift.io/Build': first(
    unseen,
    byText(['status', 'phase'], {
      Healthy: ['Complete'],
      Degraded: ['Failed', 'Error'],
      Suspended: ['Cancelled'],
      Progressing: ['New', 'Pending', 'Running'],
    }),
    always('Progressing'),
  ),
  'nmstate.io/*': first(
    unseen,
    byConditions(['Degraded', 'True', 'Degraded'], ['Progressing', 'True', 'Progressing'], ['Available', 'True', 'Healthy']),
    always('Progressing'),
  ),
  'operators.coreos.com/Subscription': first(
    unseen,
    byConditions(
      ['InstallPlanFailed', 'True', 'Degraded'],
      ['ResolutionFailed', 'True', 'Degraded'],
      ['CatalogSourcesUnhealthy', 'True', 'Degraded'],
      ['InstallPlanMissing', 'True', 'Progressing'],
    ),
    byText(['status', 'state'], { Progressing: ['UpgradePending', 'UpgradeAvailable'], Healthy: ['AtLatestKnown'] }),
    when((object) => isArray(valueAt(object, ['status', 'conditions'])), 'Healthy'),
    always('Progressing'),
  ),
  'spot.io/SpotDeployment': first(
    unseen,
    byConditions(['InvalidSpec', 'True', 'Degraded'], ['Progressing', 'False', 'Degraded', ['ProgressDeadlineExceeded', 'RolloutAborted']]),
    byText(['status', 'phase'], {
      Healthy: ['Healthy'],
      Degraded: ['Degraded', 'InvalidSpec'],
      Suspended: ['Paused'],
      Progressing: ['Progressing'],
    }),
    when((object) => count(object, 'status', 'readyReplicas') >= count(object, 'spec', 'replicas'), 'Healthy'),
    always('Progressing'),
  ),
};

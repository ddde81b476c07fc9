// Databases and searches.
import { isObject, type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { always, byConditions, byText, count, first, health, stale, text, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

/** Elastic says a colour, and whether it is at work. */
function elastic(object: JsonObject): Health | undefined {
  const [colour, phase] = [text(object, 'status', 'health'), text(object, 'status', 'phase')];
  if (phase === 'Invalid') return health('Degraded', phase);
  if (phase === 'ApplyingChanges' || phase === 'MigratingData' || phase === 'Stalled') return health('Progressing', phase);
  if (colour === 'red') return health('Degraded', colour);
  if (colour === 'yellow') return health('Progressing', colour);
  if (colour === 'green') return areNodesThere(object) ? health('Healthy', colour) : health('Progressing', 'not all nodes are available');
  return undefined;
}

function areNodesThere(object: JsonObject): boolean {
  const [available, expected] = [count(object, 'status', 'availableNodes'), expectedNodes(object)];
  return expected === 0 || available >= expected;
}

function expectedNodes(object: JsonObject): number {
  const said = count(object, 'status', 'expectedNodes') || count(object, 'spec', 'count');
  if (said > 0) return said;
  const sets = valueAt(object, ['spec', 'nodeSets']);
  return Array.isArray(sets) ? sets.reduce<number>((sum, set) => sum + count(set, 'count'), 0) : 0;
}

const mariadb = first(
  unseen,
  byConditions(['Ready', 'True', 'Healthy'], ['Complete', 'True', 'Degraded', ['JobFailed']], ['Complete', 'True', 'Healthy']),
  byConditions(
    ['Ready', 'False', 'Progressing'],
    ['Complete', 'False', 'Progressing', ['JobRunning', 'JobSuspended', 'JobNotComplete', 'CronJobSuccess']],
    ['Complete', 'False', 'Degraded'],
  ),
  always('Progressing'),
);

const percona = first(
  unseen,
  byText(['status', 'state'], {
    Healthy: ['ready'],
    Progressing: ['initializing', 'stopping'],
    Suspended: ['paused'],
    Degraded: ['error'],
    Unknown: ['', 'unknown'],
  }),
  always('Progressing'),
);

/** Its phases are sentences; what it does on its own is progress, what went wrong is not. */
const cnpg = first(
  unseen,
  when(
    (object) => text(object, 'metadata', 'annotations', 'cnpg.io/reconciliationLoop') === 'disabled',
    'Suspended',
    'reconciliation is suspended',
  ),
  byConditions(['cnpg.io/hibernation', 'True', 'Suspended']),
  byText(['status', 'phase'], {
    Healthy: ['Cluster in healthy state'],
    Degraded: [
      'Failing over',
      'Cluster is in an unrecoverable state, needs manual intervention',
      'Unable to create required cluster objects',
      'Cluster cannot proceed to reconciliation due to an unknown plugin being required',
      'Cluster has incomplete or invalid image catalog',
      'Cannot create Cluster',
    ],
    Suspended: ['Waiting for user action', 'Waiting for the user to request a restart of the primary to complete the rolling update'],
  }),
  always('Progressing'),
);

const MINIO_FAULTS = /not controlled|credentials are not|different versions|not allowed|failed|error|invalid|deprecated|unable/i;

const minio = first(
  unseen,
  byText(['status', 'currentState'], { Healthy: ['Initialized'] }),
  when((object) => MINIO_FAULTS.test(text(object, 'status', 'currentState')), 'Degraded'),
  always('Progressing'),
);

const HUMIO = {
  Healthy: ['Exists', 'Running'],
  Progressing: ['Pending', 'Upgrading', 'Restarting'],
  Degraded: ['ConfigError'],
  Missing: ['NotFound'],
  Unknown: ['Unknown'],
} as const;

export const data: HealthTable = {
  'beat.k8s.elastic.co/Beat': first(
    noStatus,
    when((object) => isObject(object.status) && Object.keys(object.status).length === 0, 'Unknown'),
    elastic,
    always('Progressing'),
  ),
  '*.k8s.elastic.co/*': first(unseen, elastic, always('Progressing')),
  'k8s.mariadb.com/*': mariadb,
  'mariadb.mmontes.io/*': mariadb,
  'psmdb.percona.com/*': percona,
  'pxc.percona.com/*': percona,
  'pgv2.percona.com/*': percona,
  'postgresql.cnpg.io/Cluster': cnpg,
  'acid.zalan.do/postgresql': first(
    unseen,
    byText(
      ['status', 'PostgresClusterStatus'],
      {
        Healthy: ['Running'],
        Progressing: ['Creating', 'Updating'],
        Degraded: ['CreateFailed', 'UpdateFailed', 'DeleteFailed', 'Invalid', 'SyncFailed'],
      },
      'Unknown',
    ),
    always('Progressing'),
  ),
  'minio.min.io/*': minio,
  'core.humio.com/*': first(unseen, byText(['status', 'state'], HUMIO, 'Unknown'), always('Progressing')),
  'solr.apache.org/SolrCloud': first(
    unseen,
    when(
      (object) =>
        count(object, 'status', 'readyReplicas') < count(object, 'spec', 'replicas') ||
        count(object, 'status', 'readyReplicas') < count(object, 'status', 'replicas'),
      'Progressing',
    ),
    always('Healthy'),
  ),
  'ceph.rook.io/CephCluster': first(
    unseen,
    byText(['status', 'ceph', 'health'], { Healthy: ['HEALTH_OK'], Degraded: ['HEALTH_WARN', 'HEALTH_ERR'] }),
    byText(['status', 'state'], { Degraded: ['Error'] }),
    always('Progressing'),
  ),
  'ceph.rook.io/*': first(
    unseen,
    byText(['status', 'phase'], { Healthy: ['Ready', 'Connected'], Degraded: ['Failure'] }),
    always('Progressing'),
  ),
  'snapshot.storage.k8s.io/*': first(
    unseen,
    when((object) => valueAt(object, ['status', 'readyToUse']) === true, 'Healthy'),
    when((object) => isObject(valueAt(object, ['status', 'error'])), 'Degraded'),
    always('Progressing'),
  ),
  'objectbucket.io/*': first(unseen, byText(['status', 'phase'], { Healthy: ['Bound'], Degraded: ['Failed'] }), always('Progressing')),
  'clickhouse-keeper.altinity.com/*': first(
    unseen,
    byText(['status', 'status'], { Healthy: ['Completed'], Degraded: ['Aborted'] }),
    always('Progressing'),
  ),
  'clickhouse.altinity.com/*': first(
    unseen,
    byText(['status', 'status'], { Healthy: ['Completed'], Degraded: ['Aborted'] }),
    always('Progressing'),
  ),
  'db.atlasgo.io/*': first(
    unseen,
    byConditions(
      ['Ready', 'True', 'Healthy'],
      ['Ready', 'False', 'Progressing', ['Reconciling', 'GettingDevDB', 'VerifyingFirstRun', 'LintPolicyError']],
      ['Ready', 'False', 'Degraded'],
    ),
    always('Progressing'),
  ),
  'flink.apache.org/*': first(
    unseen,
    when(
      (object) => text(object, 'status', 'error') !== '' && text(object, 'status', 'jobManagerDeploymentStatus') === 'ERROR',
      'Degraded',
    ),
    when(
      (object) => text(object, 'spec', 'job', 'state') === 'suspended' && text(object, 'status', 'jobStatus', 'state') === 'SUSPENDED',
      'Healthy',
    ),
    byText(['status', 'jobManagerDeploymentStatus'], {
      Healthy: ['READY'],
      Degraded: ['ERROR', 'MISSING'],
      Progressing: ['DEPLOYED_NOT_READY', 'DEPLOYING'],
    }),
    always('Progressing'),
  ),
  'sparkoperator.k8s.io/*': first(
    unseen,
    byText(['status', 'applicationState', 'state'], {
      Healthy: ['COMPLETED', 'RUNNING'],
      Degraded: ['FAILED', 'SUBMISSION_FAILED', 'FAILING', 'INVALIDATING'],
      Progressing: ['', 'SUBMITTED', 'PENDING_RERUN', 'SUCCEEDING', 'PENDING_SUBMISSION', 'NEW'],
      Unknown: ['UNKNOWN'],
    }),
    always('Progressing'),
  ),
  'k8s.keycloak.org/Keycloak': first(
    unseen,
    stale,
    byConditions(['HasErrors', 'True', 'Degraded'], ['RollingUpdate', 'True', 'Progressing'], ['Ready', 'True', 'Healthy']),
    always('Progressing'),
  ),
};

function noStatus(object: JsonObject): Health | undefined {
  return isObject(object.status) ? undefined : health('Progressing', 'waiting for a status');
}

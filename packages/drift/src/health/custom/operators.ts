// Operators of single products.
import { isObject, type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import {
  always,
  byConditions,
  byText,
  conditionsOf,
  count,
  first,
  health,
  list,
  stale,
  staleConditions,
  text,
  unseen,
  when,
} from '../rule.ts';
import type { HealthTable } from './custom.ts';

const threescale = first(
  unseen,
  byConditions(
    ['Failed', 'True', 'Degraded'],
    ['Invalid', 'True', 'Degraded'],
    ['Orphan', 'True', 'Degraded'],
    ['Waiting', 'True', 'Suspended'],
    ['Ready', 'True', 'Healthy'],
    ['Synced', 'True', 'Healthy'],
    ['Ready', 'False', 'Degraded'],
  ),
  always('Progressing'),
);

const astra = first(
  when((object) => valueAt(object, ['spec', 'enabled']) === false, 'Suspended', 'disabled'),
  unseen,
  byText(['status', 'state'], {
    Healthy: ['Completed', 'Available', 'Succeeded'],
    Degraded: ['Failed', 'Error'],
    Progressing: ['Running', 'Pending', 'Removing', 'Deleting'],
  }),
  byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Progressing']),
  when((object) => conditionsOf(object).some(({ status }) => status !== 'True'), 'Progressing'),
  always('Healthy'),
);

const grafana = first(
  unseen,
  staleConditions,
  byText(['status', 'stageStatus'], { Healthy: ['success'], Degraded: ['failed'], Progressing: ['in progress'] }),
  bySuffix(/Synchronized$/),
  when((object) => text(object, 'status', 'lastResync') !== '', 'Healthy'),
  always('Progressing'),
);

/** A condition that is named after the kind. */
function bySuffix(pattern: RegExp): (object: JsonObject) => Health | undefined {
  return (object) => {
    const found = conditionsOf(object).find(({ type }) => pattern.test(type));
    return found === undefined ? undefined : health(found.status === 'True' ? 'Healthy' : 'Degraded', found.message);
  };
}

function collector(object: JsonObject): Health {
  const replicas = text(object, 'status', 'scale', 'statusReplicas');
  const [ready, wanted] = replicas.split('/').map(Number);
  if (replicas === '' || ready === wanted) return health('Healthy');
  return health('Degraded', `${replicas} replicas are ready`);
}

function istio(object: JsonObject): Health | undefined {
  const parts = valueAt(object, ['status', 'componentStatus']);
  const states = isObject(parts) ? Object.values(parts).map((one) => text(one, 'status')) : [];
  if (states.includes('ERROR')) return health('Degraded');
  if (states.some((state) => state === 'RECONCILING' || state === 'UPDATING')) return health('Progressing');
  return states.length > 0 && states.every((state) => state === 'HEALTHY') ? health('Healthy') : undefined;
}

function compliance(object: JsonObject): Health | undefined {
  const compliant = text(object, 'status', 'compliant');
  if (valueAt(object, ['spec', 'disabled']) === true) return health('Healthy', 'disabled');
  if (compliant === 'NonCompliant') return health('Degraded', compliant);
  if (compliant === 'Compliant') return health('Healthy', compliant);
  if (compliant === 'Pending' || compliant === 'Terminating') return health('Progressing', compliant);
  // A policy that was placed and is about no cluster complies.
  return list(object, ['status', 'placement']).length > 0 && compliant === '' && list(object, ['status', 'status']).length === 0
    ? health('Healthy')
    : undefined;
}

const keda = first(
  unseen,
  byConditions(
    ['Paused', 'True', 'Suspended'],
    ['Ready', 'False', 'Degraded'],
    ['Ready', 'Unknown', 'Degraded', ['PartialTriggerError']],
    ['Ready', 'Unknown', 'Progressing'],
    ['Ready', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

export const operators: HealthTable = {
  'capabilities.3scale.net/*': threescale,
  'apps.3scale.net/APIManager': first(
    unseen,
    byConditions(['Available', 'True', 'Healthy']),
    when(
      (object) =>
        list(object, ['status', 'deployments', 'starting']).length > 0 || list(object, ['status', 'deployments', 'stopped']).length > 0,
      'Progressing',
    ),
    byConditions(['Available', 'False', 'Degraded']),
    always('Progressing'),
  ),
  'astra.netapp.io/*': astra,
  'trident.netapp.io/TridentOrchestrator': first(
    unseen,
    byText(['status', 'status'], {
      Healthy: ['Installed'],
      Degraded: ['Failed', 'Error'],
      Progressing: ['Installing', 'Updating', 'Uninstalling'],
    }),
    always('Progressing'),
  ),
  'grafana.integreatly.org/*': grafana,
  'grafana-org-operator.kubitus-project.gitlab.io/*': first(
    unseen,
    byConditions(['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Degraded']),
    always('Progressing'),
  ),
  'opentelemetry.io/OpenTelemetryCollector': collector,
  'install.istio.io/IstioOperator': first(
    unseen,
    istio,
    byText(['status', 'status'], { Healthy: ['HEALTHY'], Degraded: ['ERROR'], Progressing: ['RECONCILING', 'UPDATING', 'NONE'] }),
    always('Progressing'),
  ),
  'policy.open-cluster-management.io/*': first(stale, compliance, always('Progressing', 'waiting for the status to be reported')),
  'keda.sh/*': keda,
  'kiali.io/Kiali': first(
    unseen,
    byConditions(
      ['Failure', 'True', 'Degraded', ['Failed', 'Failure']],
      ['Failure', 'True', 'Degraded'],
      ['Running', 'True', 'Healthy', ['Successful']],
      ['Successful', 'True', 'Healthy'],
    ),
    always('Progressing'),
  ),
  'monitoring.coreos.com/Prometheus': first(
    unseen,
    when((object) => valueAt(object, ['spec', 'paused']) === true, 'Suspended'),
    byConditions(
      ['Available', 'False', 'Degraded', ['NoPodReady']],
      ['Available', 'Degraded', 'Degraded'],
      ['Reconciled', 'False', 'Degraded'],
      ['Available', 'True', 'Healthy'],
      ['Available', 'False', 'Degraded'],
    ),
    always('Progressing'),
  ),
  'operator.victoriametrics.com/*': first(
    unseen,
    when((object) => valueAt(object, ['spec', 'paused']) === true, 'Suspended', 'paused'),
    stale,
    byText(['status', 'updateStatus'], {
      Healthy: ['operational'],
      Progressing: ['expanding'],
      Degraded: ['failed'],
      Suspended: ['paused'],
    }),
    byText(['status', 'clusterStatus'], { Healthy: ['operational'], Progressing: ['expanding'], Degraded: ['failed'] }),
    always('Progressing'),
  ),
  'core.spinkube.dev/SpinApp': first(
    unseen,
    byConditions(
      ['Progressing', 'False', 'Degraded', ['ProgressDeadlineExceeded']],
      ['Available', 'False', 'Progressing'],
      ['Available', 'True', 'Healthy'],
    ),
    always('Progressing'),
  ),
  'openfaas.com/Function': first(
    unseen,
    byConditions(
      ['Ready', 'False', 'Degraded'],
      ['Healthy', 'False', 'Suspended'],
      ['Ready', 'True', 'Healthy'],
      ['Ready', 'Unknown', 'Progressing'],
    ),
    always('Progressing'),
  ),
  'datadoghq.com/*': first(
    unseen,
    byConditions(
      ['Error', 'True', 'Degraded'],
      ['Valid', 'False', 'Degraded'],
      ['Active', 'False', 'Suspended'],
      ['Valid', 'True', 'Healthy'],
    ),
    always('Progressing'),
  ),
  'proclaim.dogmatiq.io/*': first(
    unseen,
    staleConditions,
    byConditions(
      ['Adopted', 'False', 'Degraded'],
      ['Advertised', 'False', 'Degraded', ['AdvertiseError', 'UnadvertiseError']],
      ['Discoverable', 'Unknown', 'Unknown'],
      ['Discoverable', 'True', 'Healthy'],
      ['Discoverable', 'False', 'Progressing'],
    ),
    always('Progressing'),
  ),
  'projectcontour.io/HTTPProxy': first(
    unseen,
    staleConditions,
    byConditions(['Valid', 'False', 'Degraded'], ['Valid', 'True', 'Healthy']),
    always('Progressing'),
  ),
  'coralogix.com/*': first(
    unseen,
    staleConditions,
    byConditions(['RemoteSynced', 'False', 'Degraded'], ['RemoteSynced', 'True', 'Healthy']),
    always('Progressing'),
  ),
  'jaegertracing.io/Jaeger': first(
    unseen,
    byText(['status', 'phase'], { Healthy: ['Running'], Degraded: ['Failed'] }),
    always('Progressing'),
  ),
  'tower.ansible.com/*': first(
    unseen,
    byText(['status', 'ansibleJobResult', 'status'], {
      Healthy: ['successful'],
      Degraded: ['failed', 'error', 'canceled'],
      Progressing: ['new', 'pending', 'running', 'waiting'],
    }),
    byText(['status', 'ansibleJob', 'status'], { Healthy: ['successful'], Degraded: ['failed', 'error', 'canceled'] }),
    when(
      (object) => conditionsOf(object).some(({ type, status, reason }) => type === 'Failure' && status === 'True' && reason === 'Failed'),
      'Degraded',
    ),
    when((object) => count(object, 'status', 'failures') > 0, 'Degraded'),
    always('Progressing'),
  ),
};

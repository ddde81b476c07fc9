// Resources of clouds: Crossplane and its providers, Config Connector, ACK, SAP.
import { type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { always, byConditions, conditionsOf, first, health, list, stale, staleConditions, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

/** Configuration that has no conditions is there once it is written. */
const configured = first(byConditions(['Ready', 'False', 'Degraded'], ['Synced', 'False', 'Degraded']), always('Healthy'));

const managed = first(
  unseen,
  byConditions(
    ['Synced', 'False', 'Suspended', ['ReconcilePaused']],
    ['LastAsyncOperation', 'False', 'Degraded'],
    ['Synced', 'False', 'Degraded'],
    ['Ready', 'False', 'Progressing', ['Creating', 'Deleting', 'Waiting']],
    ['Ready', 'False', 'Degraded'],
    ['Ready', 'True', 'Healthy'],
  ),
  always('Progressing', 'waiting to be provisioned'),
);

const installed = first(
  unseen,
  byConditions(
    ['Installed', 'False', 'Degraded'],
    ['Healthy', 'False', 'Degraded'],
    ['Healthy', 'Unknown', 'Progressing'],
    ['Installed', 'Unknown', 'Progressing'],
  ),
  byConditions(['Healthy', 'True', 'Healthy'], ['Installed', 'True', 'Healthy']),
  always('Progressing'),
);

const connector = first(
  unseen,
  stale,
  byConditions(
    ['Ready', 'False', 'Suspended', ['DependencyNotReady', 'DependencyNotFound']],
    ['Ready', 'False', 'Progressing', ['Updating', 'Creating']],
    ['Ready', 'False', 'Degraded'],
    ['Ready', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

const ack = first(
  unseen,
  byConditions(
    ['ACK.Terminal', 'True', 'Degraded'],
    ['ACK.Recoverable', 'True', 'Degraded'],
    ['Ready', 'False', 'Progressing'],
    ['ACK.ResourceSynced', 'False', 'Progressing'],
    ['Ready', 'Unknown', 'Degraded'],
    ['ACK.ResourceSynced', 'Unknown', 'Progressing'],
    ['Ready', 'True', 'Healthy'],
    ['ACK.ResourceSynced', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

const sap = first(
  unseen,
  staleConditions,
  byConditions(
    ['Failed', 'True', 'Degraded'],
    ['Succeeded', 'False', 'Progressing', ['CreateInProgress', 'UpdateInProgress', 'DeleteInProgress']],
    ['Succeeded', 'False', 'Degraded'],
    ['Ready', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

/** The older stacks keep their conditions one step further down. */
function stackInstall(object: JsonObject): Health | undefined {
  const conditions = conditionsOf(object, ['status', 'conditionedStatus', 'conditions']);
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready === undefined) return undefined;
  if (ready.status === 'True') return health('Healthy', ready.message);
  return health(ready.reason === 'Creating' ? 'Progressing' : 'Degraded', ready.message);
}

export const cloud: HealthTable = {
  '*.upbound.io/ProviderConfig': configured,
  '*.upbound.io/ProviderConfigUsage': configured,
  '*.crossplane.io/ProviderConfig': configured,
  '*.crossplane.io/ProviderConfigUsage': configured,
  'apiextensions.crossplane.io/CompositeResourceDefinition': first(
    unseen,
    byConditions(['Established', 'False', 'Degraded'], ['Established', 'True', 'Healthy']),
    always('Progressing'),
  ),
  'apiextensions.crossplane.io/*': always('Healthy'),
  'pkg.crossplane.io/*': installed,
  'stacks.crossplane.io/*': first(unseen, stackInstall, always('Progressing')),
  '*.crossplane.io/*': managed,
  '*.upbound.io/*': managed,
  'core.cnrm.cloud.google.com/*': first(
    unseen,
    stale,
    when((object) => valueAt(object, ['status', 'healthy']) === true, 'Healthy'),
    when((object) => valueAt(object, ['status', 'healthy']) === false, 'Degraded'),
    always('Progressing'),
  ),
  '*.cnrm.cloud.google.com/*': connector,
  '*.services.k8s.aws/*': ack,
  'services.cloud.sap.com/*': sap,
  'networking.gke.io/ManagedCertificate': first(
    unseen,
    when(
      (object) =>
        valueAt(object, ['status', 'certificateStatus']) === 'Active' &&
        list(object, ['status', 'domainStatus']).every((one) => valueAt(one, ['status']) === 'Active'),
      'Healthy',
    ),
    when(
      (object) =>
        JSON.stringify(valueAt(object, ['status', 'domainStatus']) ?? '').includes('Failed') ||
        valueAt(object, ['status', 'certificateStatus']) === 'ProvisioningFailedPermanently',
      'Degraded',
    ),
    always('Progressing'),
  ),
};

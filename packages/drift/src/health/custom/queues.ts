// Queues: Kafka by Strimzi, Banzai and Confluent, RabbitMQ.
import { isObject, type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import { always, byConditions, byText, count, first, health, text, unseen, when } from '../rule.ts';
import type { HealthTable } from './custom.ts';

const strimzi = first(
  unseen,
  byConditions(['NotReady', 'True', 'Degraded'], ['Ready', 'True', 'Healthy'], ['Ready', 'False', 'Degraded']),
  always('Progressing'),
);

const rabbit = first(
  byConditions(
    ['ReconcileSuccess', 'False', 'Degraded'],
    ['Ready', 'True', 'Healthy'],
    ['Ready', 'False', 'Degraded', ['FailedCreateOrUpdate']],
    ['Ready', 'False', 'Degraded'],
  ),
  byConditions(['ReconcileSuccess', 'True', 'Healthy']),
);

const rabbitCluster = first(
  unseen,
  byConditions(
    ['ReconcileSuccess', 'False', 'Degraded'],
    ['AllReplicasReady', 'False', 'Progressing'],
    ['ClusterAvailable', 'False', 'Degraded'],
    ['ClusterAvailable', 'Unknown', 'Degraded'],
    ['ReconcileSuccess', 'Unknown', 'Degraded'],
    ['ReconcileSuccess', 'True', 'Healthy'],
  ),
  always('Progressing'),
);

function kafkaCluster(object: JsonObject): Health | undefined {
  const state = text(object, 'status', 'state');
  if (state !== 'ClusterRunning') return state === '' ? undefined : health('Progressing', state);
  const brokers = valueAt(object, ['status', 'brokersState']);
  const areInSync = isObject(brokers) && Object.values(brokers).every((one) => text(one, 'configurationState') === 'ConfigInSync');
  if (!areInSync) return health('Progressing', 'a broker is out of sync');
  const cruise = text(object, 'status', 'cruiseControlTopicStatus');
  return cruise === '' || cruise === 'CruiseControlTopicReady' ? health('Healthy') : health('Progressing', cruise);
}

export const queues: HealthTable = {
  'kafka.strimzi.io/*': strimzi,
  'kafka.banzaicloud.io/*': first(unseen, kafkaCluster, always('Progressing')),
  'rabbitmq.com/RabbitmqCluster': rabbitCluster,
  'rabbitmq.com/*': first(
    rabbit,
    when((object) => !isObject(object.status), 'Progressing', 'waiting for a status'),
    always('Unknown'),
  ),
  'platform.confluent.io/Connector': first(
    unseen,
    when((object) => count(object, 'status', 'failedTasksCount') > 0, 'Degraded'),
    byText(['status', 'connectorState'], { Healthy: ['RUNNING'], Degraded: ['FAILED'], Suspended: ['PAUSED'] }),
    byText(['status', 'state'], { Healthy: ['CREATED'], Degraded: ['ERROR', 'FAILED'] }),
    always('Progressing'),
  ),
  'platform.confluent.io/*': first(
    unseen,
    byText(['status', 'phase'], { Healthy: ['RUNNING'], Degraded: ['ERROR', 'FAILED'], Progressing: ['PROVISIONING', 'PENDING'] }),
    byText(['status', 'state'], { Healthy: ['CREATED', 'SUCCEEDED'], Degraded: ['ERROR', 'FAILED'] }),
    always('Progressing'),
  ),
};

import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import type { NativeCheck } from '../native.ts';
import { checkApiService } from './api-service.ts';
import { checkLease, checkLeaseCandidate } from './lease.ts';
import { checkPriorityClass } from './priority-class.ts';
import { checkAccessReview, checkLocalAccessReview, checkRulesReview, checkTokenReview } from './reviews.ts';
import { checkRuntimeClass } from './runtime-class.ts';
import { checkStorageVersionMigration } from './storage-version-migration.ts';

const API = 'groupPriorityMinimum: 100, versionPriority: 10';

describe.each<[string, NativeCheck, readonly (readonly [members: string, ...lines: string[]])[]]>([
  [
    'leases',
    checkLease,
    [
      ['spec: {leaseDurationSeconds: 1, leaseTransitions: 0}'],
      ['spec: {leaseDurationSeconds: 0}', 'schema/invalid spec.leaseDurationSeconds'],
      ['spec: {leaseTransitions: -1}', 'schema/invalid spec.leaseTransitions'],
      // Of a feature that is off.
      ['spec: {strategy: nonsense, preferredHolder: a}'],
    ],
  ],
  [
    'candidates for a lease',
    checkLeaseCandidate,
    [
      ['spec: {leaseName: a, binaryVersion: 1.37.0, emulationVersion: 1.36.0, strategy: OldestEmulationVersion}'],
      ['spec: {leaseName: a, binaryVersion: 1.35.0, emulationVersion: 1.36.0, strategy: a.b/c}', 'schema/invalid spec.binaryVersion'],
      ['spec: {leaseName: a, binaryVersion: "1.37", strategy: a.b/c}', 'schema/invalid spec.binaryVersion'],
      ['spec: {leaseName: a, binaryVersion: 1.37.0, strategy: Oldest}', 'schema/invalid spec.strategy'],
      ['spec: {leaseName: a, binaryVersion: 1.37.0, strategy: OldestEmulationVersion}', 'schema/missing-required spec.emulationVersion'],
    ],
  ],
  [
    'priority classes',
    checkPriorityClass,
    [
      ['metadata: {name: a}, value: 1000000000'],
      ['metadata: {name: a}, value: 1000000001', 'schema/invalid value'],
      ['metadata: {name: a}, preemptionPolicy: never', 'schema/enum-case preemptionPolicy'],
      ['metadata: {name: system-a}, value: 1', 'meta/name-invalid metadata.name'],
      ['metadata: {name: system-node-critical}, value: 2000001000'],
      ['metadata: {name: system-node-critical}, value: 1', 'schema/invalid metadata.name'],
      ['metadata: {name: system-cluster-critical}, value: 2000000000, globalDefault: true', 'schema/invalid metadata.name'],
    ],
  ],
  [
    'runtime classes',
    checkRuntimeClass,
    [
      ['handler: runc, scheduling: {tolerations: [{operator: Exists}]}'],
      ['handler: Runc', 'schema/invalid handler'],
      ['', 'schema/missing-required handler'],
      ['handler: a, overhead: {podFixed: {cpu: -1m}}', 'schema/invalid overhead.podFixed.cpu'],
      ['handler: a, scheduling: {nodeSelector: {"a b": c}}', 'meta/label-invalid scheduling.nodeSelector["a b"]'],
      [
        'handler: a, scheduling: {tolerations: [{operator: Exists}, {operator: Exists}]}',
        'schema/list-map-duplicate scheduling.tolerations[1]',
      ],
    ],
  ],
  [
    'API services',
    checkApiService,
    [
      [`metadata: {name: v1.a.b}, spec: {group: a.b, version: v1, ${API}, service: {name: a, namespace: b}}`],
      [`metadata: {name: v1.}, spec: {version: v1, ${API}}`],
      [`metadata: {name: v1}, spec: {group: a.b, version: v1, ${API}}`, 'meta/name-invalid metadata.name'],
      [`metadata: {name: v2.}, spec: {version: v2, ${API}}`, 'schema/missing-required spec.group'],
      [
        'metadata: {name: v1.}, spec: {version: v1, groupPriorityMinimum: 20001, versionPriority: 1001}',
        'schema/invalid spec.groupPriorityMinimum',
        'schema/invalid spec.versionPriority',
      ],
      [`metadata: {name: v1.}, spec: {version: v1, ${API}, caBundle: YQ==}`, 'schema/invalid spec.caBundle'],
      [`metadata: {name: v1.}, spec: {version: v1, ${API}, service: {name: a}}`, 'schema/missing-required spec.service.namespace'],
      [
        `metadata: {name: v1.}, spec: {version: v1, ${API}, service: {name: a, namespace: b}, caBundle: YQ==, insecureSkipTLSVerify: true}`,
        'schema/invalid spec.insecureSkipTLSVerify',
      ],
    ],
  ],
  [
    'migrations',
    checkStorageVersionMigration,
    [
      ['spec: {resource: {group: apps, resource: deployments}}'],
      ['spec: {resource: {group: Apps, resource: "1"}}', 'schema/invalid spec.resource.resource', 'schema/invalid spec.resource.group'],
      ['spec: {}', 'schema/missing-required spec.resource.resource'],
    ],
  ],
  ['reviews of a token', checkTokenReview, [['spec: {token: a}'], ['spec: {}', 'schema/missing-required spec.token']]],
  ['reviews of rules', checkRulesReview, [['spec: {namespace: a}'], ['', 'schema/missing-required spec.namespace']]],
  [
    'reviews of access',
    checkAccessReview,
    [
      ['spec: {user: a, nonResourceAttributes: {}}'],
      ['spec: {nonResourceAttributes: {}}', 'schema/missing-required spec.user'],
      ['spec: {user: a}', 'schema/missing-required spec.resourceAttributes'],
      ['spec: {user: a, nonResourceAttributes: {}, resourceAttributes: {}}', 'schema/invalid spec'],
      ['metadata: {name: a}, spec: {user: a, nonResourceAttributes: {}}', 'schema/invalid metadata'],
      ['metadata: {creationTimestamp: null, namespace: a}, spec: {user: a, nonResourceAttributes: {}}'],
      [
        'spec: {user: a, resourceAttributes: {labelSelector: {}}}',
        'schema/missing-required spec.resourceAttributes.labelSelector.requirements',
      ],
      [
        'spec: {user: a, resourceAttributes: {labelSelector: {requirements: [{key: a, operator: In}]}}}',
        'schema/missing-required spec.resourceAttributes.labelSelector.requirements[0].values',
      ],
      [
        'spec: {user: a, resourceAttributes: {fieldSelector: {rawSelector: a, requirements: [{key: a, operator: Exists, values: [b]}]}}}',
        'schema/invalid spec.resourceAttributes.fieldSelector.rawSelector',
        'schema/invalid spec.resourceAttributes.fieldSelector.requirements[0].values',
      ],
    ],
  ],
  [
    'reviews of access within a namespace',
    checkLocalAccessReview,
    [
      ['metadata: {namespace: a}, spec: {user: a, resourceAttributes: {namespace: a}}'],
      ['metadata: {namespace: a}, spec: {user: a, resourceAttributes: {namespace: b}}', 'schema/invalid spec.resourceAttributes.namespace'],
      ['metadata: {namespace: a}, spec: {user: a, nonResourceAttributes: {}}', 'schema/invalid spec.nonResourceAttributes'],
    ],
  ],
])('%s', (_name, check, cases) => {
  test.each(cases)('%s', (members, ...lines) => {
    expect(saidOf(check, `{${members}}`)).toEqual(lines);
  });
});

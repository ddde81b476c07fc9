import type { JsonObject } from '@plumbline/core';

// The objects that every server has of itself: k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap, without what is empty.

const group = (name: string): JsonObject => ({ kind: 'Group', group: { name } });
const EVERYTHING: JsonObject = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'], clusterScope: true }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
};

export const FIXED_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  exempt: {
    priorityLevelConfiguration: { name: 'exempt' },
    matchingPrecedence: 1,
    rules: [{ subjects: [group('system:masters')], ...EVERYTHING }],
  },
  'catch-all': {
    priorityLevelConfiguration: { name: 'catch-all' },
    matchingPrecedence: 10_000,
    distinguisherMethod: { type: 'ByUser' },
    rules: [{ subjects: [group('system:unauthenticated'), group('system:authenticated')], ...EVERYTHING }],
  },
};

/** The member `exempt` of the level of that name may be changed. */
export const FIXED_LEVELS: Readonly<Record<string, JsonObject>> = {
  exempt: { type: 'Exempt' },
  'catch-all': { type: 'Limited', limited: { nominalConcurrencyShares: 5, limitResponse: { type: 'Reject' } } },
};

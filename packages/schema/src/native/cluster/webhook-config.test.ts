import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkWebhookConfiguration } from './webhook-config.ts';

const GOOD: Readonly<Record<string, string>> = {
  name: 'a.example.com',
  sideEffects: 'None',
  admissionReviewVersions: '[v1]',
  clientConfig: '{url: "https://example.com/x"}',
};

/** What is said of a webhook in which members are replaced, without what all places begin with. */
function of(members: Readonly<Record<string, string>>): string[] {
  const all = Object.entries({ ...GOOD, ...members }).filter(([, value]) => value !== '');
  const text = `{metadata: {name: a}, webhooks: [{${all.map(([key, value]) => `${key}: ${value}`).join(', ')}}]}`;
  return saidOf(checkWebhookConfiguration, text).map((line) => line.replace('webhooks[0].', ''));
}

describe('webhooks', () => {
  test.each<[Readonly<Record<string, string>>, ...string[]]>([
    [{}],
    [{ timeoutSeconds: '30', failurePolicy: 'Ignore', matchPolicy: 'Exact' }],
    [{ name: 'a.com' }, 'schema/invalid name'],
    [{ name: 'A.example.com' }, 'schema/invalid name'],
    [{ sideEffects: '' }, 'schema/missing-required sideEffects'],
    [{ sideEffects: 'Some' }, 'schema/invalid sideEffects'],
    [{ timeoutSeconds: '31' }, 'schema/invalid timeoutSeconds'],
    [{ failurePolicy: 'fail' }, 'schema/enum-case failurePolicy'],
    [{ admissionReviewVersions: '[]' }, 'schema/missing-required admissionReviewVersions'],
    [{ admissionReviewVersions: '[v2]' }, 'schema/invalid admissionReviewVersions'],
    [{ admissionReviewVersions: '[v1, v1]' }, 'schema/invalid admissionReviewVersions[1]'],
    [{ admissionReviewVersions: '[V1, v1]' }, 'schema/invalid admissionReviewVersions[0]'],
    [{ matchConditions: '[{name: a, expression: "true"}]' }],
    [{ matchConditions: '[{name: "a b", expression: "true"}]' }, 'schema/invalid matchConditions[0].name'],
    [{ matchConditions: '[{name: a, expression: " "}]' }, 'schema/missing-required matchConditions[0].expression'],
    [{ matchConditions: '[{name: a, expression: "1"}]' }, 'api/cel-cost matchConditions[0].expression'],
    [{ matchConditions: '[{name: a, expression: "params.x"}]' }, 'api/cel-cost matchConditions[0].expression'],
    [{ matchConditions: '[{name: a, expression: "object.metadata.name == "}]' }, 'api/cel-cost matchConditions[0].expression'],
  ])('%o', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });

  test('names of the server itself', () => {
    expect(saidOf(checkWebhookConfiguration, '{metadata: {name: a.static.k8s.io}}')).toEqual(['meta/name-invalid metadata.name']);
  });
});

describe('how they are reached', () => {
  test.each<[string, ...string[]]>([
    ['{}', 'schema/missing-required clientConfig'],
    ['{url: "https://a/b", service: {name: a, namespace: b}}', 'schema/invalid clientConfig'],
    ['{url: "http://a/b"}', 'schema/invalid clientConfig.url'],
    ['{url: "https:///b"}', 'schema/invalid clientConfig.url'],
    ['{url: "https://me@a/b"}', 'schema/invalid clientConfig.url'],
    ['{url: "https://a/b?c=d"}', 'schema/invalid clientConfig.url'],
    ['{url: "https://a/b#c"}', 'schema/invalid clientConfig.url'],
    ['{url: "https://a:b/c"}', 'schema/invalid clientConfig.url'],
    ['{url: "https://[::1]:8443/c?"}'],
    ['{service: {name: a, namespace: b, port: 443, path: /a/b/}}'],
    ['{service: {name: a}}', 'schema/missing-required clientConfig.service.namespace'],
    ['{service: {name: a, namespace: b, port: 65536}}', 'schema/invalid clientConfig.service.port'],
    ['{service: {name: a, namespace: b, path: a}}', 'schema/invalid clientConfig.service.path'],
    ['{service: {name: a, namespace: b, path: /a//b}}', 'schema/invalid clientConfig.service.path'],
    ['{service: {name: a, namespace: b, path: /a_b}}', 'schema/invalid clientConfig.service.path'],
  ])('%s', (clientConfig, ...lines) => {
    expect(of({ clientConfig })).toEqual(lines);
  });
});

describe('their rules', () => {
  const rule = (members: Readonly<Record<string, string>>): string[] => {
    const good = { operations: '[CREATE]', apiGroups: '[""]', apiVersions: '[v1]', resources: '[pods]', ...members };
    const text = Object.entries(good).map(([key, value]) => `${key}: ${value}`);
    return of({ rules: `[{${text.join(', ')}}]` }).map((line) => line.replace('rules[0].', ''));
  };

  test.each<[Readonly<Record<string, string>>, ...string[]]>([
    [{ resources: '["*", pods/status]', scope: '"*"' }],
    [{ operations: '[]' }, 'schema/missing-required operations'],
    [{ operations: '["*", CREATE]' }, 'schema/invalid operations'],
    [{ operations: '[create]' }, 'schema/enum-case operations[0]'],
    [{ apiVersions: '["*", v1]' }, 'schema/invalid apiVersions'],
    [{ apiVersions: '[""]' }, 'schema/missing-required apiVersions[0]'],
    [{ resources: '[""]' }, 'schema/missing-required resources[0]'],
    [{ resources: '["*", pods]' }, 'schema/invalid resources'],
    [{ resources: '[pods, "*"]' }],
    [{ resources: '["*/*", pods/status]' }, 'schema/invalid resources'],
    [{ resources: '["pods/*", pods/status]' }, 'schema/invalid resources[1]'],
    [{ resources: '["*/scale", pods/scale]' }, 'schema/invalid resources[1]'],
    [{ scope: 'Namespace' }, 'schema/invalid scope'],
    [{ apiGroups: '[authorization.k8s.io]', resources: '[subjectaccessreviews]' }, 'schema/server-warning resources[0] (server-warning)'],
  ])('%o', (members, ...lines) => {
    expect(rule(members)).toEqual(lines);
  });
});

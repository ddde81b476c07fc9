import { expect, test } from 'vitest';
import { schemas } from '../test/schemas.ts';
import { explainField } from './explain.ts';

test('a field is explained for each API that has it, the newest stable one first', () => {
  const [first] = explainField(schemas, 'deployment', ['spec', 'replicas']);
  expect(first).toMatchObject({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    type: 'an integer',
    isRequired: false,
    since: '1.25',
    fields: [],
  });
  expect(first?.until).toBeUndefined();
});

test('lists tell their keys, choices their words', () => {
  expect(explainField(schemas, 'Pod', ['spec', 'containers', 'ports'])[0]).toMatchObject({
    type: 'a list of an object',
    structure: 'core.v1.ContainerPort',
    listType: 'map',
    listKeys: ['containerPort', 'protocol'],
    patchStrategy: 'merge',
    mergeKey: 'containerPort',
  });
  expect(explainField(schemas, 'Pod', ['spec', 'containers', 'ports', 'protocol'])[0]).toMatchObject({
    values: ['SCTP', 'TCP', 'UDP'],
    default: '"TCP"',
  });
});

test('when a field came and went', () => {
  expect(explainField(schemas, 'Pod', ['spec', 'resources'])[0]).toMatchObject({ since: '1.32' });
  expect(explainField(schemas, 'CronJob', [])[0]?.fields).toContain('spec');
  expect(explainField(schemas, 'Pod', ['spec', 'nothing'])).toEqual([]);
});

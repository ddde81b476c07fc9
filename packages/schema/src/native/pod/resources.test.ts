import { expect, test } from 'vitest';
import { saidOfContainer, saidOfSpec, TEMPLATE } from '../../../test/pod-lines.ts';

const of = (resources: string, spec = ''): string[] =>
  saidOfContainer(`resources: {${resources}}`, spec).map((line) => line.replace('resources.', ''));

test.each([
  'requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: 0.1, memory: 1024Mi}',
  'requests: {cpu: 0.0001}, limits: {cpu: 0.0009}',
  'requests: {ephemeral-storage: 1G}',
  'limits: {nvidia.com/gpu: 1}',
  'requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: "2"}',
  'requests: {a.kubernetes.io/x: 1}, limits: {a.kubernetes.io/x: 2}',
  'requests: {hugepages-2Mi: 4Mi, cpu: 1}, limits: {hugepages-2Mi: 4Mi}',
  'requests: null, limits: {}',
])('%s is good', (resources) => {
  expect(of(resources)).toEqual([]);
});

test.each([
  ['requests: {cpu: 2}, limits: {cpu: 1500m}', 'res/request-exceeds-limit requests.cpu'],
  ['requests: {cpu: 1}, limits: {cpu: null}', 'res/request-exceeds-limit requests.cpu'],
  ['requests: {memory: 1Gi}, limits: {memory: 1G}', 'res/request-exceeds-limit requests.memory'],
  ['limits: {cpu: -1}', 'schema/invalid limits.cpu'],
  ['limits: {gpu: 1}', 'schema/invalid limits.gpu'],
  ['limits: {storage: 1Gi}', 'schema/invalid limits.storage'],
  ['limits: {constructor: 1}', 'schema/invalid limits.constructor'],
  ['limits: {requests.a.b/c: 1}', 'schema/invalid limits.requests.a.b/c'],
  ['limits: {a.b/c: 1.5}', 'res/extended-resource-limits limits.a.b/c'],
  ['requests: {a.b/c: 1}', 'res/extended-resource-limits limits.a.b/c'],
  ['requests: {a.b/c: 1}, limits: {a.b/c: 2}', 'res/extended-resource-limits requests.a.b/c'],
  ['limits: {hugepages-2Mi: 3Mi, cpu: 1}', 'schema/invalid limits.hugepages-2Mi'],
  ['limits: {hugepages-x: 2Mi, cpu: 1}', 'schema/invalid limits.hugepages-x'],
  ['limits: {hugepages-2Mi: 2Mi}', 'schema/invalid resources'],
  ['claims: [{name: x}]', 'schema/invalid claims[0].name'],
])('%s is refused', (resources, ...lines) => {
  expect(
    of(resources).map((line) =>
      line
        .replace('["', '.')
        .replace('"]', '')
        .replace(/\["?(.*?)"?\]/, '[$1]'),
    ),
  ).toEqual(lines);
});

test('a fraction of a byte is warned of', () => {
  expect(of('limits: {memory: 500m}')).toEqual(['res/quantity-suspicious limits.memory (server-warning)']);
  expect(of('limits: {cpu: 500m, memory: 0.5Ki}')).toEqual([]);
});

test('each claim is one of the pod, once', () => {
  const pod = 'resourceClaims: [{name: g, resourceClaimName: x}]';
  expect(of('claims: [{name: g, request: a}, {name: g, request: b}]', pod)).toEqual([]);
  expect(of('claims: [{name: g, request: a}, {name: g}]', pod)).toEqual(['schema/list-map-duplicate claims[1]']);
  expect(of('claims: [{name: g, request: A}, {}]', pod)).toEqual([
    'schema/invalid claims[0].request',
    'schema/missing-required claims[1].name',
  ]);
});

test('what a build may change or a variable fill in is left alone', () => {
  const members = 'resources: {requests: {cpu: 2}, limits: {cpu: 1}}';
  expect(saidOfContainer(members, '', { mayGainFields: true })).toEqual(['res/request-exceeds-limit skipped']);
  expect(saidOfContainer(`resources: {requests: {cpu: "\${A}"}, limits: {cpu: 1}}`, '', { isFilledIn: true })).toEqual([]);
});

test('a huge exponent takes no time', () => {
  expect(of('requests: {cpu: 1e2147483647}, limits: {cpu: 1e2147483646}')).toEqual(['res/request-exceeds-limit requests.cpu']);
});

const container = (name: string, requests: string, more = ''): string =>
  `{name: ${name}, image: b, resources: {requests: ${requests}}, ${more}}`;

test.each([
  [`resources: {requests: {cpu: 3}}\ncontainers: [${container('a', '{cpu: 1}')}, ${container('c', '{cpu: 2}')}]`, []],
  [
    `resources: {requests: {cpu: 2}}\ncontainers: [${container('a', '{cpu: 1}')}, ${container('c', '{cpu: 2}')}]`,
    ['schema/invalid spec.resources.requests.cpu'],
  ],
  [
    `resources: {requests: {cpu: 2}}\ncontainers: [${container('a', '{cpu: 1}')}]\ninitContainers: [${container('i', '{cpu: 3}')}]`,
    ['schema/invalid spec.resources.requests.cpu'],
  ],
  [
    `resources: {requests: {cpu: 2}}\ncontainers: [${container('a', '{cpu: 1}')}]\ninitContainers: [${container('s', '{cpu: 1500m}', 'restartPolicy: Always')}]`,
    ['schema/invalid spec.resources.requests.cpu'],
  ],
  [
    'resources: {limits: {cpu: 1}}\ncontainers: [{name: a, image: b, resources: {limits: {cpu: 2}}}]',
    ['schema/invalid spec.containers[0].resources.limits.cpu'],
  ],
  [
    'resources: {limits: {nvidia.com/gpu: 1}}\ncontainers: [{name: a, image: b}]',
    ['schema/invalid spec.resources.limits["nvidia.com/gpu"]'],
  ],
  ['resources: {claims: []}\ncontainers: [{name: a, image: b}]', ['schema/invalid spec.resources.claims']],
  ['resources: {}\nos: {name: windows}\ncontainers: [{name: a, image: b}]', ['schema/invalid spec.resources']],
])('a pod as a whole with %s', (spec, lines) => {
  expect(saidOfSpec(spec, {}, TEMPLATE)).toEqual(lines);
});

test('in a Pod the server fills requests in before it compares', () => {
  const spec = `resources: {limits: {cpu: 1}}\ncontainers: [${container('a', '{cpu: 2}')}]`;
  expect(saidOfSpec(spec)).toEqual(['res/request-exceeds-limit spec.resources.requests.cpu']);
  expect(saidOfSpec(spec, {}, TEMPLATE)).toEqual([]);
  expect(saidOfSpec(spec, { minor: 33 })).toEqual([]);
});

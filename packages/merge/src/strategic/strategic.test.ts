import type { JsonObject, JsonValue } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { frozen, type Random, randomDeployment, randomFrom } from '../../test/random.ts';
import { deployment } from '../../test/topologies.ts';
import { applyStrategicPatch, createThreeWayPatch, createTwoWayPatch, isSame, type StrategicOptions } from '../index.ts';

const twins = (...protocols: string[]): JsonValue => protocols.map((protocol) => ({ containerPort: 53, protocol }));
const withPorts = (ports: JsonValue): JsonObject => frozen({ spec: { containers: [{ name: 'dns', ports }] } });

describe('two ports of one number', () => {
  const before = withPorts(twins('TCP', 'UDP'));
  const after = withPorts(twins('UDP'));

  test('kubectl deletes both with one, and leaves nothing', () => {
    const patch = createTwoWayPatch(before, after, deployment);
    expect(applyStrategicPatch(before, patch, deployment)).not.toEqual(after);
  });

  test('a safe patch replaces the list', () => {
    const patch = createTwoWayPatch(before, after, deployment, { isSafe: true });
    expect(patch).toEqual({
      spec: {
        '$setElementOrder/containers': [{ name: 'dns' }],
        containers: [{ name: 'dns', ports: [{ $patch: 'replace' }, { containerPort: 53, protocol: 'UDP' }] }],
      },
    });
    expect(applyStrategicPatch(before, patch, deployment)).toEqual(after);
  });

  test('a safe patch keeps what others added, by all keys of the list', () => {
    const live = withPorts([...(twins('TCP', 'UDP') as JsonObject[]), { containerPort: 8080, protocol: 'TCP', name: 'injected' }]);
    const patch = createThreeWayPatch(before, after, live, deployment, { isSafe: true });
    const expected = [
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 8080, protocol: 'TCP', name: 'injected' },
    ];
    expect(applyStrategicPatch(live, patch, deployment)).toEqual(withPorts(expected));
  });

  test('a safe patch that has nothing to change says nothing', () => {
    expect(createThreeWayPatch(before, before, before, deployment, { isSafe: true })).toEqual({});
  });

  test('a safe patch refuses where both sides changed the list, if told to', () => {
    const live = withPorts(twins('SCTP', 'TCP', 'UDP'));
    const make = (): JsonObject => createThreeWayPatch(before, after, live, deployment, { isSafe: true, overwrites: false });
    expect(make).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});

describe('a patch applied gives what was asked for', () => {
  test.each<[string, boolean, StrategicOptions]>([
    ['as kubectl makes it, where merge keys tell items apart', false, {}],
    ['a safe one, where they do not', true, { isSafe: true }],
  ])('%s', (_, hasTwins, options) => {
    const random = randomFrom(2019);
    for (let round = 0; round < 400; round++) {
      const before = frozen(randomDeployment(random, hasTwins));
      const after = frozen(randomDeployment(random, hasTwins));
      const patch = frozen(createTwoWayPatch(before, after, deployment, options));
      expect(isSame(applyStrategicPatch(before, patch, deployment), after), JSON.stringify([before, after, patch])).toBe(true);
      expect(createTwoWayPatch(after, after, deployment, options)).toEqual({});
    }
  });
});

test('a three-way patch gives what is wanted, and keeps what only others set', () => {
  const random = randomFrom(2020);
  for (let round = 0; round < 400; round++) {
    const hasTwins = round % 2 === 1;
    const options = { isSafe: hasTwins };
    const [last, wanted] = [frozen(randomDeployment(random, hasTwins)), frozen(randomDeployment(random, hasTwins))];
    const live = frozen(withStrangers(last, random));
    const patch = frozen(createThreeWayPatch(last, wanted, live, deployment, options));
    const result = applyStrategicPatch(live, patch, deployment);
    const said = JSON.stringify([last, wanted, live, patch, result]);
    expect(isSame(withoutStrangers(result), wanted), said).toBe(true);
    expect(result, said).toMatchObject({ metadata: { annotations: { stranger: 'x' } } });
    expect(JSON.stringify(result), said).toContain('"sidecar"');
    // Once more, with what is now live: nothing is left to do.
    const again = createThreeWayPatch(wanted, wanted, result, deployment, options);
    if (options.isSafe) expect(again, said).toEqual({});
    // kubectl says the order of a list in which others have items each time.
    expect(isSame(applyStrategicPatch(result, again, deployment), result), said).toBe(true);
  }
});

interface Parts {
  readonly metadata: JsonObject;
  readonly spec: { readonly containers: readonly { readonly name: string; readonly ports?: readonly JsonObject[] }[] };
}

/** With an annotation, a container and a port in each container that nobody applied. */
function withStrangers(object: JsonObject, random: Random): JsonObject {
  const { metadata, spec } = object as unknown as Parts; // as randomDeployment makes it
  const stranger = { containerPort: 9, protocol: 'TCP', name: 'stranger' };
  const containers = spec.containers.map(({ ports, ...rest }) => ({ ...rest, ...(ports ? { ports: [...ports, stranger] } : {}) }));
  const place = random(containers.length + 1);
  return {
    ...object,
    metadata: { ...metadata, annotations: { stranger: 'x' } },
    spec: { ...spec, containers: containers.toSpliced(place, 0, { name: 'sidecar' }) },
  } as unknown as JsonObject; // as above
}

function withoutStrangers(object: JsonObject): JsonObject {
  const { metadata, spec } = object as unknown as Parts; // as withStrangers makes it
  const { annotations: _, ...others } = metadata;
  const containers = spec.containers.filter(({ name }) => name !== 'sidecar');
  return {
    ...object,
    metadata: others,
    spec: {
      ...spec,
      containers: containers.map(({ ports, ...rest }) => ({
        ...rest,
        ...(ports ? { ports: ports.filter(({ name }) => name !== 'stranger') } : {}),
      })),
    },
  } as unknown as JsonObject; // as above
}

test('equal text of other types is another value, and 1 is 1n', () => {
  const type = deployment;
  expect(createTwoWayPatch({ spec: { replicas: 1 } }, { spec: { replicas: 1n } }, type)).toEqual({});
  expect(createTwoWayPatch({ spec: { replicas: 1 } }, { spec: { replicas: '1' } }, type)).toEqual({ spec: { replicas: '1' } });
});

test.each<[string, JsonObject, JsonObject, string]>([
  ['a field that the schema does not know', { x: {} }, { x: { a: 1 } }, 'unable to find api field "x"'],
  [
    'an item without its merge key',
    { spec: { containers: [{ name: 'a' }] } },
    { spec: { containers: [{ image: 'i' }] } },
    'map: map[image:i] does not contain declared merge key: name',
  ],
  [
    'a directive that does not exist',
    { spec: { replicas: 1 } },
    { spec: { $patch: 'spam' } },
    'unknown patch type: spam in map: map[$patch:spam]',
  ],
])('refuses %s', (_, object, patch, message) => {
  expect(() => applyStrategicPatch(frozen(object), frozen(patch), deployment)).toThrow(expect.objectContaining({ message }));
});

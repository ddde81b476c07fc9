import { expect, test } from 'vitest';
import { hashParts, hashText, keyedPath } from './fingerprint.ts';

test('list items are known by their keys, not by their place', () => {
  const object = {
    spec: {
      containers: [
        { image: 'a' },
        {
          name: 'web',
          ports: [
            { containerPort: 80, protocol: 'UDP' },
            { name: 'x', port: 1 },
          ],
        },
      ],
      finalizers: ['a', 'b'],
    },
  };
  expect(keyedPath(object, ['spec', 'containers', 1, 'ports', 0])).toBe('/spec/containers[name=web]/ports[containerPort=80]');
  expect(keyedPath(object, ['spec', 'containers', 0, 'image'])).toBe('/spec/containers[]/image');
  expect(keyedPath(object, ['spec', 'finalizers', 1])).toBe('/spec/finalizers[=b]');
  expect(keyedPath(object, ['spec', 'missing', 0])).toBe('/spec/missing[]');
});

test('hashes are of fixed length, and parts do not run together', () => {
  expect(hashText('')).toMatch(/^[0-9a-f]{16}$/);
  expect(hashParts(['ab', 'c'])).not.toBe(hashParts(['a', 'bc']));
  const many = new Set(Array.from({ length: 100_000 }, (_, index) => hashText(`app-${index}`)));
  expect(many.size).toBe(100_000);
});

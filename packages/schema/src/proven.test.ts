import { expect, test } from 'vitest';
import { provenLimits } from './proven.ts';

test('versions that no server was asked about are named', () => {
  expect(provenLimits(['1.37', '1.34'])).toEqual([]);
  expect(provenLimits(['1.37', '1.33', '1.30'])).toEqual([
    "For Kubernetes 1.33, 1.30 schemas and removals are exact; what the server's own code checks is that of 1.37 with the known differences",
  ]);
});

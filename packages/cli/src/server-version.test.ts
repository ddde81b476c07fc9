import { expect, test } from 'vitest';
import { serverVersion } from './server-version.ts';

const KNOWN = ['1.37', '1.36', '1.35'];

test.each([
  ['v1.36.4-gke.100', [], { minor: '1.36' }],
  ['v1.38.0', [], { minor: '1.37', note: 'the server is v1.38.0, whose types are not known: it is compared by those of 1.37' }],
  ['v1.29.1', [], { minor: '1.35', note: 'the server is v1.29.1, whose types are not known: it is compared by those of 1.35' }],
  ['strange', [], { minor: '1.37', note: 'the server says no version that is understood (strange); 1.37 is taken' }],
  ['v1.36.0', ['1.36'], undefined],
  ['v1.36.0', ['v1.36.2'], undefined],
  ['v1.36.0', ['1.35'], { minor: '1.35', note: 'the server is v1.36.0, and is compared as 1.35' }],
  ['v1.36.0', ['latest'], { minor: '1.37', note: 'the server is v1.36.0, and is compared as latest' }],
])('%s, asked for %j', (version, asked, expected) => {
  expect(serverVersion(version, KNOWN, asked)).toEqual(expected);
});

import { expect, test } from 'vitest';
import { addressFault } from './addresses.ts';

test.each(['1.2.3.4', '::1', '2001:db8::1', '::ffff', '::1.2.3.4', '1::ffff:1.2.3.4'])('%s is an address', (text) => {
  expect(addressFault(text, 37)).toBeUndefined();
});

test.each([
  ['1.2.3', 'is no IP address', true],
  ['a', 'is no IP address', true],
  ['', 'is no IP address', true],
  ['1:2', 'is no IP address', true],
  ['01.2.3.4', 'has leading zeros', false],
  ['::ffff:1.2.3.4', 'is an IPv4 address written as IPv6', false],
  ['0:0:0:0:0:ffff:102:304', 'is an IPv4 address written as IPv6', false],
])('%s %s', (text, fault, isAlways) => {
  expect(addressFault(text, 37)).toBe(fault);
  expect(addressFault(text, 35)).toBe(isAlways ? fault : undefined);
});

import { describe, expect, test } from 'vitest';
import { endpointFault, formatAddress, formatNetwork, isInNetwork, isV6, parseAddress, parseNetwork } from './ip.ts';

const form = (text: string): string | undefined => {
  const address = parseAddress(text);
  return address && formatAddress(address);
};

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['010.000.0.01', '10.0.0.1'],
  ['::', '::'],
  ['::1', '::1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['1:0:0:2::', '1:0:0:2::'],
  ['1:0:0:2:3:0:0:0', '1:0:0:2:3::'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['2001:db8::00001', '2001:db8::1'],
])('%s is %s', (text, wanted) => {
  expect(form(text)).toBe(wanted);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.2.3.a',
  '1.2.3.4 ',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '::12345',
  '::g',
  'fe80::1%eth0',
  '1:2:3:4:5:6:7:8::',
  '1.2.3.4::',
])('%s is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test('what newer servers refuse is told apart', () => {
  expect(parseAddress('10.0.0.01')).toMatchObject({ hasZeros: true, isMapped: false });
  expect(parseAddress('::ffff:1.2.3.4')).toMatchObject({ hasZeros: false, isMapped: true });
  expect(parseNetwork('10.0.0.0/08')).toMatchObject({ hasZeros: true, bits: 8 });
});

describe('networks', () => {
  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.1.2.3/32', '10.1.2.3/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:db8:1::/33', '2001:db8::/33'],
    ['::ffff:10.1.0.0/104', '10.0.0.0/104'],
  ])('%s is %s', (text, wanted) => {
    const network = parseNetwork(text);
    expect(network && formatNetwork(network)).toBe(wanted);
  });

  test.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8 ', '::/129', 'a/8'])('%s is none', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });

  test.each([
    ['10.1.0.0', '10.0.0.0/8', true],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['10.0.0.1', '::/0', false],
  ])('%s in %s: %s', (address, network, isIn) => {
    const [one, other] = [parseAddress(address), parseNetwork(network)];
    expect(one && other && isInNetwork(one, other)).toBe(isIn);
  });
});

test.each([
  ['10.0.0.1', undefined],
  ['224.0.1.1', undefined],
  ['ff0e::1', undefined],
  ['0.0.0.0', 'stands for no address'],
  ['::', 'stands for no address'],
  ['127.9.9.9', 'is a loopback address'],
  ['::1', 'is a loopback address'],
  ['169.254.0.1', 'is a link-local address'],
  ['febf::1', 'is a link-local address'],
  ['224.0.0.5', 'is a link-local multicast address'],
  ['ff12::1', 'is a link-local multicast address'],
])('traffic to %s: %s', (text, fault) => {
  const address = parseAddress(text);
  expect(address && endpointFault(address)).toBe(fault);
});

test('families', () => {
  expect([parseAddress('1.2.3.4'), parseAddress('::1')].map((address) => address && isV6(address))).toEqual([false, true]);
});

import type { JsonObject } from '@plumbline/core';
import { expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import type { Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { textIn } from '../values.ts';
import { checkAddress, checkNetwork, strictAddressFault, strictNetworkFault, warnOfAddress, warnOfNetwork } from './ip-checks.ts';

const of = (check: (text: string, judgement: Judgement) => void, text: string, minor: number): string[] =>
  saidOf((object: JsonObject, judgement) => check(textIn(object, 'a'), judgement), `a: "${text}"`, { minor });
const address = (text: string, minor = 37): string[] =>
  of((one, judgement) => checkAddress(one, ROOT.in('a'), judgement, 'ip'), text, minor);
const network = (text: string, minor = 37): string[] =>
  of((one, judgement) => checkNetwork(one, ROOT.in('a'), judgement, 'cidr'), text, minor);
const REFUSED = ['schema/format a'];

test('fields of old are strict since 1.36', () => {
  for (const text of ['10.0.0.01', '::ffff:1.2.3.4']) expect([address(text), address(text, 35)]).toEqual([REFUSED, []]);
  for (const text of ['10.0.0.0/08', '10.0.0.1/8', '::ffff:10.0.0.0/104'])
    expect([network(text), network(text, 35)]).toEqual([REFUSED, []]);
  expect([address('a'), address('a', 30), network('10.0.0.0', 30)]).toEqual([REFUSED, REFUSED, REFUSED]);
  expect([address('FD00::1'), network('FD00::/8')]).toEqual([[], []]);
});

test('new fields take one form', () => {
  expect([strictAddressFault('fd00::1'), strictNetworkFault('fd00::/8')]).toEqual([undefined, undefined]);
  expect(strictAddressFault('FD00::1')).toBe('must be written as fd00::1');
  expect(strictNetworkFault('FD00::/8')).toBe('must be written as fd00::/8');
  expect(strictNetworkFault('10.0.0.1/8')).toBe('has bits beyond the length of its prefix: write 10.0.0.0/8');
});

test('a form that is not the usual one brings a warning', () => {
  const ofAddress = (text: string): string[] => of((one, judgement) => warnOfAddress(one, ROOT.in('a'), judgement), text, 35);
  const ofNetwork = (text: string): string[] => of((one, judgement) => warnOfNetwork(one, ROOT.in('a'), judgement), text, 35);
  const WARNED = ['schema/server-warning a (server-warning)'];
  expect([ofAddress('10.0.0.1'), ofAddress('fd00::1'), ofAddress('x')]).toEqual([[], [], []]);
  expect([ofAddress('10.0.0.01'), ofAddress('FD00::1')]).toEqual([WARNED, WARNED]);
  expect([ofNetwork('10.0.0.0/8'), ofNetwork('fd00::/8')]).toEqual([[], []]);
  expect([ofNetwork('10.0.0.1/8'), ofNetwork('FD00::/8')]).toEqual([WARNED, WARNED]);
});

import { compareQuantities, type JsonObject, type JsonValue, type Quantity } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { conflict, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { amountOf } from '../pod/amounts.ts';
import { resourceNameFault as containerResourceFault, mayOvercommit } from '../pod/resource-names.ts';
import { objectIn, objectsIn, textIn } from '../values.ts';
import { resourceNameFault } from './resources.ts';

const TYPES = ['Container', 'PersistentVolumeClaim', 'Pod'] as const;
const LIMITS = ROOT.in('spec').in('limits');
const MEMBERS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
type Member = (typeof MEMBERS)[number];
const ZERO: Quantity = { mantissa: 0n, exponent: 0, format: 'decimal' };
const ONE: Quantity = { mantissa: 1n, exponent: 0, format: 'decimal' };

/** ValidateLimitRange, with the defaults of containers filled in as the server does before. */
export function checkLimitRange(limitRange: JsonObject, judgement: Judgement): void {
  const types: string[] = [];
  for (const [limit, index] of objectsIn(objectIn(limitRange, 'spec'), 'limits')) {
    const at = LIMITS.in(index);
    const type = textIn(limit, 'type');
    if (type !== '' || lacks(limit, 'type')) checkType(type, types, at, judgement);
    checkLimit(limit, type, at, judgement);
  }
}

function checkType(type: string, before: string[], at: Place, judgement: Judgement): void {
  if (before.includes(type)) duplicate(judgement, at.in('type'), type, `type ${quote(type)} is in limits twice`, 'schema/invalid');
  before.push(type);
  if (type === '') {
    missing(judgement, at.in('type'), `type is missing: write ${TYPES.join(', ')}`);
    return;
  }
  const fault = keyFault(type);
  if (fault !== undefined) invalid(judgement, at.in('type'), type, `type ${quote(type)} ${fault}`);
  else if (!type.includes('/') && !TYPES.some((one) => one === type)) unsupported(judgement, at.in('type'), type, TYPES, 'the type');
}

function checkLimit(limit: JsonObject, type: string, at: Place, judgement: Judgement): void {
  const faultOf = type === 'Container' || type === 'Pod' ? containerResourceFault : resourceNameFault;
  const names = new Set<string>();
  for (const member of MEMBERS) {
    const list = objectIn(limit, member);
    if (list === undefined) continue;
    if (type === 'Pod' && (member === 'default' || member === 'defaultRequest')) {
      if (Object.keys(list).length > 0) conflict(judgement, at.in(member), `${member} may not be set for type Pod`);
      continue;
    }
    for (const name in list) {
      const fault = faultOf(name);
      if (fault !== undefined)
        invalid(judgement, at.in(member).in(name), name, `resource ${quote(name)} ${fault}`, 'schema/invalid', { part: 'key' });
      names.add(name);
    }
  }
  if (type === 'PersistentVolumeClaim' && !isSet(limit, 'min', 'storage') && !isSet(limit, 'max', 'storage'))
    missing(judgement, at.in('max'), 'a limit of type PersistentVolumeClaim needs a min or a max of storage');
  for (const name of names) checkOrder(amountsOf(limit, type, name), name, at, judgement);
}

function isSet(limit: JsonObject, member: string, name: string): boolean {
  const list = limit[member];
  return typeof list === 'object' && list !== null && !Array.isArray(list) && Object.hasOwn(list, name);
}

/** An amount and the member that it is written in, which the server copies it from. */
interface Amount {
  readonly amount: Quantity;
  readonly from: Member;
  readonly written: JsonValue;
}

type Amounts = Partial<Record<Member, Amount>>;

function amountsOf(limit: JsonObject, type: string, name: string): Amounts {
  const amounts: Amounts = {};
  for (const member of MEMBERS) {
    if (type === 'Pod' && (member === 'default' || member === 'defaultRequest')) continue;
    if (!isSet(limit, member, name)) continue;
    const written = objectIn(limit, member)?.[name] ?? null;
    const amount = written === null ? ZERO : amountOf(written);
    if (amount !== undefined) amounts[member] = { amount, from: member, written };
  }
  if (type !== 'Container') return amounts;
  if (amounts.default === undefined && amounts.max !== undefined) amounts.default = amounts.max;
  const request = amounts.defaultRequest ?? amounts.default ?? amounts.min;
  if (request !== undefined) amounts.defaultRequest = request;
  return amounts;
}

const NAMES: Readonly<Record<Member, string>> = {
  max: 'max',
  min: 'min',
  default: 'the default limit',
  defaultRequest: 'the default request',
  maxLimitRequestRatio: 'maxLimitRequestRatio',
};

function checkOrder(amounts: Amounts, name: string, at: Place, judgement: Judgement): void {
  const { min, max, maxLimitRequestRatio: ratio } = amounts;
  const { default: limit, defaultRequest: request } = amounts;
  checkNotAbove(min, 'min', max, 'max', name, at, judgement);
  checkNotAbove(min, 'min', request, 'defaultRequest', name, at, judgement);
  checkNotAbove(request, 'defaultRequest', max, 'max', name, at, judgement);
  checkNotAbove(request, 'defaultRequest', limit, 'default', name, at, judgement);
  checkNotAbove(min, 'min', limit, 'default', name, at, judgement);
  checkNotAbove(limit, 'default', max, 'max', name, at, judgement);
  if (ratio !== undefined) checkRatio(ratio, min, max, name, at, judgement);
  if (limit !== undefined && request !== undefined && !mayOvercommit(name) && compareQuantities(limit.amount, request.amount) !== 0)
    conflict(judgement, at.in(request.from).in(name), `default and defaultRequest of ${name} must be the same`, request.written);
}

function checkNotAbove(
  low: Amount | undefined,
  lowName: Member,
  high: Amount | undefined,
  highName: Member,
  name: string,
  at: Place,
  judgement: Judgement,
): void {
  if (low === undefined || high === undefined || low.from === high.from || compareQuantities(low.amount, high.amount) <= 0) return;
  const message = `${NAMES[lowName]} of ${name}, ${quote(low.written)}, is more than ${NAMES[highName]}, ${quote(high.written)}`;
  conflict(judgement, at.in(low.from).in(name), message, low.written);
}

function checkRatio(ratio: Amount, min: Amount | undefined, max: Amount | undefined, name: string, at: Place, judgement: Judgement): void {
  const place = at.in('maxLimitRequestRatio').in(name);
  if (compareQuantities(ratio.amount, ONE) < 0) invalid(judgement, place, ratio.written, `ratio ${quote(ratio.written)} is less than 1`);
  if (min === undefined || max === undefined) return;
  const most = numberOf(max.amount) / numberOf(min.amount);
  if (numberOf(ratio.amount) > most)
    conflict(judgement, place, `ratio ${quote(ratio.written)} of ${name} is more than max divided by min, ${most}`, ratio.written);
}

function numberOf({ mantissa, exponent }: Quantity): number {
  return exponent < 0 ? Number(mantissa) / 10 ** -exponent : Number(mantissa) * 10 ** exponent;
}

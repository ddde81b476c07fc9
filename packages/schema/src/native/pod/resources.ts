import { isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote, skip } from '../../verdict.ts';
import { checkName, checkThere } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { isFractional } from '../quantities.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { amountOf, compareAmounts, isNegative, wholeUnits } from './amounts.ts';
import { clash } from './clash.ts';
import { isExtended, isHugePages, mayOvercommit, podResourceNameFault, resourceNameFault } from './resource-names.ts';

const LISTS = ['limits', 'requests'] as const;

/** Whose resources they are. */
type Owner = 'container' | 'pod';

/** requests and limits of a container or of a pod as a whole: validateResourceRequirements. `at`: of `resources`. */
export function checkRequirements(resources: JsonObject, owner: Owner, at: Place, judgement: Judgement): void {
  let hasHugePages = false;
  for (const list of LISTS) {
    const amounts = objectIn(resources, list);
    if (amounts === undefined) continue;
    for (const name in amounts) {
      if (isHugePages(name)) hasHugePages = true;
      checkAmount(name, amounts[name], owner, list, at, judgement);
    }
  }
  const requests = objectIn(resources, 'requests');
  if (requests !== undefined) for (const name in requests) checkPair(name, requests[name], resources, at, judgement);
  if (hasHugePages && !names(resources, 'cpu') && !names(resources, 'memory'))
    missing(judgement, at, 'hugepages need cpu or memory beside them', 'schema/invalid');
}

function checkAmount(name: string, value: JsonValue | undefined, owner: Owner, list: string, at: Place, judgement: Judgement): void {
  const fault = owner === 'pod' ? podResourceNameFault(name) : resourceNameFault(name);
  if (fault !== undefined) refuseName(name, fault, at.in(list).in(name), judgement);
  if (isNegative(value)) invalid(judgement, at.in(list).in(name), value, `${name} ${quote(value)} is less than 0`);
  if (name === 'memory' || name === 'ephemeral-storage') {
    if (owner === 'container' && isFractional(value))
      warn(judgement, at.in(list).in(name), `${quote(value)} is a fraction of a byte: "m" is for cpu`, 'res/quantity-suspicious');
  } else if (name !== 'cpu') checkWhole(name, value, at.in(list).in(name), judgement);
}

function refuseName(name: string, fault: string, place: Place, judgement: Judgement): void {
  if (isLeftToLater(name, judgement.verdict)) skip(judgement.verdict, 'schema/invalid', 'the value has a variable that is filled in later');
  else invalid(judgement, place, undefined, `resource ${quote(name)} ${fault}`, 'schema/invalid', { part: 'key' });
}

/** Extended resources are counted, huge pages come in pages. */
function checkWhole(name: string, value: JsonValue | undefined, place: Place, judgement: Judgement): void {
  if (isHugePages(name)) {
    const page = amountOf(name.slice('hugepages-'.length));
    const amount = amountOf(value);
    const size = page === undefined ? undefined : wholeUnits(page);
    const all = amount === undefined ? 0n : wholeUnits(amount);
    const isWhole = page !== undefined && size !== undefined && size > 0n && !isFractional(name.slice('hugepages-'.length));
    if (!isWhole || (all !== undefined && all % size !== 0n))
      invalid(judgement, place, value, `${quote(value)} is no whole number of pages of ${name.slice('hugepages-'.length)}`);
  } else if (isExtended(name) && isFractional(value))
    invalid(
      judgement,
      place,
      value,
      `${name} ${quote(value)} is not a whole number, as devices are counted`,
      'res/extended-resource-limits',
    );
}

/** A request against its limit. */
function checkPair(name: string, request: JsonValue | undefined, resources: JsonObject, at: Place, judgement: Judgement): void {
  const limits = objectIn(resources, 'limits');
  const hasLimit = limits !== undefined && Object.hasOwn(limits, name);
  if (!hasLimit) {
    if (!mayOvercommit(name))
      missing(judgement, at.in('limits').in(name), `${name} needs a limit equal to its request`, 'res/extended-resource-limits');
    return;
  }
  const limit = limits[name];
  const order = compareAmounts(request, limit);
  if (order === undefined || order === 0) return;
  if (!mayOvercommit(name))
    clash(
      judgement,
      at.in('requests').in(name),
      request,
      `${name} request ${quote(request)} is not its limit ${quote(limit)}: of it nothing can be promised twice`,
      'res/extended-resource-limits',
    );
  else if (order > 0)
    clash(
      judgement,
      at.in('requests').in(name),
      request,
      `${name} request ${quote(request)} is above the limit ${quote(limit)}`,
      'res/request-exceeds-limit',
    );
}

function names(resources: JsonObject, name: string): boolean {
  for (const list of LISTS) {
    const amounts = resources[list];
    if (isObject(amounts) && Object.hasOwn(amounts, name)) return true;
  }
  return false;
}

/** claims of a container, each of the pod's resourceClaims: validateResourceClaimNames. `at`: of `resources`. */
export function checkClaims(resources: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  if (!has(resources, 'claims') || judgement.minor < 34 || typeof spec.resourceClaims === 'string') return;
  const ofPod = listIn(spec, 'resourceClaims');
  const seen: string[] = [];
  for (const [claim, index] of objectsIn(resources, 'claims')) {
    const place = at.in('claims').in(index);
    const name = textIn(claim, 'name');
    checkThere(claim, 'name', place, judgement, 'the claim has no name');
    if (name === '') continue;
    checkName(claim, 'request', 'label', place, judgement);
    const request = textIn(claim, 'request');
    const key = request === '' ? name : `${name}/${request}`;
    const isTaken = seen.includes(name) || seen.includes(key) || (request === '' && seen.some((one) => one.startsWith(`${name}/`)));
    if (isTaken) duplicate(judgement, place, name, `claim ${quote(key)} is there twice`);
    seen.push(key);
    const isKnown = ofPod.some((one) => isObject(one) && (one.name === name || isPending(one.name, judgement)));
    if (!isKnown) clash(judgement, place.in('name'), name, `the pod has no resourceClaim ${quote(name)}`);
  }
}

function isPending(name: JsonValue | undefined, { verdict }: Judgement): boolean {
  return typeof name === 'string' && isLeftToLater(name, verdict);
}

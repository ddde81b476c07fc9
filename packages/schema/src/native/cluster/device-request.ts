import type { JsonObject } from '@plumbline/core';
import { checkChoice, checkName, checkThere, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { isWithin } from './device-names.ts';
import { checkDeviceSelectors } from './device-selectors.ts';
import { checkDeviceTolerations } from './device-taints.ts';

const MOST_ALTERNATIVES = 8;

/** validateDeviceRequest. `at`: of the request. */
export function checkDeviceRequest(request: JsonObject, at: Place, judgement: Judgement): void {
  checkRequestName(request, at, judgement);
  const hasAlternatives = !lacks(request, 'firstAvailable') && judgement.minor >= 34;
  if (hasAlternatives && has(request, 'exactly')) {
    clash(judgement, at, request, 'the request has both exactly and firstAvailable, of which it may have one');
    return;
  }
  const exactly = objectIn(request, 'exactly');
  if (exactly !== undefined) checkWish(exactly, at.in('exactly'), judgement);
  else if (hasAlternatives) checkAlternatives(request, at, judgement);
  else if (!has(request, 'exactly')) missing(judgement, at, 'the request has neither exactly nor firstAvailable');
}

function checkAlternatives(request: JsonObject, at: Place, judgement: Judgement): void {
  if (!isWithin(request, 'firstAvailable', MOST_ALTERNATIVES, at, judgement)) return;
  const names = new Set<string>();
  for (const [one, index] of objectsIn(request, 'firstAvailable')) {
    const place = at.in('firstAvailable').in(index);
    checkRequestName(one, place, judgement);
    checkWish(one, place, judgement);
    checkRepetition(one, names, place, judgement);
  }
}

export function checkRepetition(object: JsonObject, names: Set<string>, at: Place, judgement: Judgement): void {
  const name = textIn(object, 'name');
  if (names.has(name)) duplicate(judgement, at, name, `another one has the name "${name}" already`);
  names.add(name);
}

function checkRequestName(request: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(request, 'name', at, judgement, 'the request has no name');
  checkName(request, 'name', 'label', at, judgement);
}

/** What devices, and how many of them. */
function checkWish(wish: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(wish, 'deviceClassName', at, judgement, 'deviceClassName is missing');
  checkName(wish, 'deviceClassName', 'subdomain', at, judgement);
  checkDeviceSelectors(wish, at, judgement);
  checkChoice(wish, 'allocationMode', ['All', 'ExactCount'], at, judgement, 'absent');
  const mode = textIn(wish, 'allocationMode') || 'ExactCount';
  const count = numberIn(wish, 'count') ?? 0;
  if (mode === 'All' && count !== 0) clash(judgement, at.in('count'), count, 'count does not go with allocationMode All');
  else if (mode === 'ExactCount' && count < 0) invalid(judgement, at.in('count'), count, `count ${count} is less than 1`);
  checkDeviceTolerations(wish, at, judgement);
}

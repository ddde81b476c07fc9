import { compareQuantities, formatQuantity, type JsonObject, type Quantity } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { forbidden, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';
import { amountOf } from './amounts.ts';
import { clash } from './clash.ts';
import { itemAt } from './items.ts';
import { filledIn, ownAmount, together } from './pod-totals.ts';
import { isHugePages } from './resource-names.ts';
import { checkRequirements } from './resources.ts';

/** What the pod as a whole may use, of which its containers have their parts: validatePodResources. `at`: of the spec. */
export function checkPodResources(spec: JsonObject, at: Place, judgement: Judgement, isPod: boolean): void {
  const written = objectIn(spec, 'resources');
  if (written === undefined || judgement.minor < 34) return;
  const place = at.in('resources');
  if (textIn(objectIn(spec, 'os'), 'name') === 'windows') {
    forbidden(judgement, place, 'a pod on windows has no resources as a whole');
    return;
  }
  if (has(written, 'claims')) forbidden(judgement, place.in('claims'), 'claims belong to containers, not to the pod as a whole');
  const resources = isPod ? filledIn(written, spec) : written;
  checkRequirements(resources, 'pod', place, judgement);
  const requests = objectIn(resources, 'requests');
  const limits = objectIn(resources, 'limits');
  if (requests !== undefined) checkParts(requests, together(spec, 'requests', isPod), place.in('requests'), judgement);
  if (limits === undefined) return;
  checkParts(limits, together(spec, 'limits', isPod), place.in('limits'), judgement, isHugePages);
  checkEach(limits, spec, at, judgement);
}

/** All containers together against the pod. */
function checkParts(
  ofPod: JsonObject,
  all: ReadonlyMap<string, Quantity>,
  at: Place,
  judgement: Judgement,
  isAsked: (name: string) => boolean = () => true,
): void {
  for (const [name, total] of all) {
    const most = amountOf(ownAmount(ofPod, name));
    if (most === undefined || !isAsked(name) || compareQuantities(total, most) <= 0) continue;
    const message = `${name} ${quote(ofPod[name])} of the pod is less than the ${formatQuantity(total)} of its containers together`;
    clash(judgement, at.in(name), ofPod[name], message);
  }
}

/** The limit of each container against that of the pod. */
function checkEach(ofPod: JsonObject, spec: JsonObject, at: Place, judgement: Judgement): void {
  const containers = listIn(spec, 'containers');
  for (let index = 0; index < containers.length; index++) {
    const limits = objectIn(objectIn(itemAt(containers, index), 'resources'), 'limits');
    for (const name in limits) {
      const most = amountOf(ownAmount(ofPod, name));
      const one = amountOf(limits[name]);
      if (most === undefined || one === undefined || compareQuantities(one, most) <= 0) continue;
      const place = at.in('containers').in(index).in('resources').in('limits').in(name);
      clash(judgement, place, limits[name], `${name} limit ${quote(limits[name])} is above the ${quote(ofPod[name])} of the pod`);
    }
  }
}

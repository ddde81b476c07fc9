import type { JsonObject } from '@plumbline/core';
import { isGoodLabel, keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkLabelKey, checkLabelValue, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing, warn } from '../judgement.ts';
import { isV6 } from '../network/ip.ts';
import { checkNetwork, warnOfNetwork } from '../network/ip-checks.ts';
import { type Place, ROOT } from '../place.ts';
import { listIn, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkResourceAmount } from './resources.ts';

const EFFECTS = ['NoExecute', 'NoSchedule', 'PreferNoSchedule'] as const;
const FEATURE = /^[A-Z][a-zA-Z0-9]*(?:\/[a-zA-Z][a-zA-Z0-9]*)*$/;
const SPEC = ROOT.in('spec');
const STATUS = ROOT.in('status');

/** ValidateNode: a node may be created with a status, which is judged, too. */
export function checkNode(node: JsonObject, judgement: Judgement): void {
  const spec = objectIn(node, 'spec');
  if (spec !== undefined) {
    checkTaints(spec, judgement);
    checkPodCidrs(spec, judgement);
    if (textIn(spec, 'externalID') !== '')
      warn(judgement, SPEC.in('externalID'), 'externalID is deprecated and ignored', 'schema/server-warning', { part: 'key' });
  }
  const status = objectIn(node, 'status');
  if (status !== undefined) checkStatus(status, judgement);
}

function checkTaints(spec: JsonObject, judgement: Judgement): void {
  const seen: string[] = [];
  for (const [taint, index] of objectsIn(spec, 'taints')) {
    const at = SPEC.in('taints').in(index);
    const key = textIn(taint, 'key');
    const value = textIn(taint, 'value');
    if (!isGoodLabel(key, value)) {
      if (key !== '' && keyFault(key) !== undefined) checkLabelKey(key, at.in('key'), judgement, 'key of a taint');
      checkLabelValue(value, at.in('value'), judgement);
    }
    checkChoice(taint, 'effect', EFFECTS, at, judgement, 'absent');
    if (lacks(taint, 'effect')) missing(judgement, at.in('effect'), `effect is missing: write ${EFFECTS.join(', ')}`);
    const identity = `${textIn(taint, 'effect')}\n${key}`;
    if (seen.includes(identity)) duplicate(judgement, at, key, `a taint of key ${quote(key)} and the same effect is there twice`);
    seen.push(identity);
  }
}

/** podCIDR wins where it is not the first of podCIDRs. */
function checkPodCidrs(spec: JsonObject, judgement: Judgement): void {
  const single = textIn(spec, 'podCIDR');
  const all = listIn(spec, 'podCIDRs');
  if (single !== '' && all[0] !== single) {
    checkNetwork(single, SPEC.in('podCIDR'), judgement, 'podCIDR');
    warnOfNetwork(single, SPEC.in('podCIDR'), judgement);
    return;
  }
  const families = new Set<boolean>();
  for (let index = 0; index < all.length; index++) {
    const cidr = all[index] ?? '';
    if (typeof cidr !== 'string') return;
    const network = checkNetwork(cidr, SPEC.in('podCIDRs').in(index), judgement, 'podCIDR');
    warnOfNetwork(cidr, SPEC.in('podCIDRs').in(index), judgement);
    if (network !== undefined) families.add(isV6(network));
  }
  if (all.length > 2 || (all.length === 2 && families.size === 1))
    invalid(judgement, SPEC.in('podCIDRs'), all.slice(), 'podCIDRs may have one CIDR of each IP family', 'net/dual-stack');
}

function checkStatus(status: JsonObject, judgement: Judgement): void {
  for (const key of ['capacity', 'allocatable']) {
    const list = objectIn(status, key);
    if (list !== undefined) for (const name in list) checkResourceAmount(list, name, STATUS.in(key), judgement);
  }
  const swap = objectIn(objectIn(status, 'nodeInfo'), 'swap');
  const capacity = numberIn(swap, 'capacity');
  if (capacity !== undefined && capacity <= 0)
    invalid(judgement, STATUS.in('nodeInfo').in('swap').in('capacity'), capacity, `capacity ${capacity} of swap is not more than 0`);
  if (judgement.minor >= 36) checkFeatures(status, STATUS.in('declaredFeatures'), judgement);
}

function checkFeatures(status: JsonObject, at: Place, judgement: Judgement): void {
  const features = listIn(status, 'declaredFeatures');
  for (let index = 0; index < features.length; index++) {
    const feature = features[index] ?? '';
    if (typeof feature !== 'string') continue;
    if (feature.length > 253 || !FEATURE.test(feature))
      invalid(judgement, at.in(index), feature, `feature ${quote(feature)} does not have the form MyFeature/itsPart`);
    const next = features[index + 1];
    if (typeof next !== 'string') continue;
    if (feature === next) duplicate(judgement, at.in(index + 1), next, `feature ${quote(next)} is there twice`);
    else if (feature > next) invalid(judgement, at.in(index + 1), next, 'declaredFeatures are not in alphabetical order');
  }
}

import type { JsonObject, JsonValue } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, conflict, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';
import { type Address, isV6 } from './ip.ts';
import { checkAddress } from './ip-checks.ts';
import type { ServiceFacts } from './service.ts';

const FAMILIES = ['IPv4', 'IPv6'] as const;
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'] as const;
const RULE = 'net/dual-stack';

/**
 * clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy: ValidateServiceClusterIPsRelatedFields, and initIPFamilyFields as far as it
 * does not depend on the families that the cluster has. `at`: of the spec.
 */
export function checkClusterIps(spec: JsonObject, at: Place, judgement: Judgement, facts: ServiceFacts): void {
  const families = listIn(spec, 'ipFamilies');
  const ips = listIn(spec, 'clusterIPs');
  const hasPolicy = has(spec, 'ipFamilyPolicy');
  const { clusterIP } = spec;
  if (families.length === 0 && ips.length === 0 && !hasPolicy && (clusterIP === undefined || clusterIP === '' || clusterIP === 'None')) {
    checkHeadlessType(spec, at, judgement, facts);
    return;
  }
  checkFamilies(families, at, judgement);
  checkChoice(spec, 'ipFamilyPolicy', POLICIES, at, judgement);
  const addresses = checkAddresses(spec, ips, at, judgement);
  if (addresses === undefined) return;
  checkHeadlessType(spec, at, judgement, facts);
  checkStacks(addresses, families, at, judgement);
  checkPolicy(spec, ips, families, at, judgement);
}

function checkHeadlessType(spec: JsonObject, at: Place, judgement: Judgement, { type, isHeadless }: ServiceFacts): void {
  if (!isHeadless || (type !== 'LoadBalancer' && type !== 'NodePort')) return;
  const place = has(spec, 'clusterIP') ? at.in('clusterIP') : at.in('clusterIPs').in(0);
  const message = `clusterIP None and type ${type} exclude each other`;
  if (judgement.mayGainFields) conflict(judgement, place, message);
  else invalid(judgement, place, 'None', message, 'net/headless-session');
}

function checkFamilies(families: readonly JsonValue[], at: Place, judgement: Judgement): void {
  for (let index = 0; index < families.length; index++) {
    const family = families[index] ?? '';
    if (typeof family !== 'string') continue;
    const place = at.in('ipFamilies').in(index);
    if (!FAMILIES.some((one) => one === family)) unsupported(judgement, place, family, FAMILIES, 'the IP family');
    if (families.indexOf(family) < index) duplicate(judgement, place, family, `${quote(family)} is in ipFamilies twice`, RULE);
  }
}

/** The addresses, `None` as undefined; nothing where one is wrong, so that no more is said. */
function checkAddresses(
  spec: JsonObject,
  ips: readonly JsonValue[],
  at: Place,
  judgement: Judgement,
): readonly (Address | undefined)[] | undefined {
  const clusterIP = textIn(spec, 'clusterIP');
  const list = at.in('clusterIPs');
  if (isLeftToLater(clusterIP, judgement.verdict) || (clusterIP === '' && !lacks(spec, 'clusterIP'))) return undefined;
  if (ips.length === 0) {
    if (clusterIP === '') return [];
    if (clusterIP === 'None') return [undefined];
    const address = checkAddress(clusterIP, at.in('clusterIP'), judgement, 'clusterIP');
    return address === undefined ? undefined : [address];
  }
  if (clusterIP === '') conflict(judgement, list, 'clusterIPs may not stand without clusterIP, which is the first of them', ips.slice());
  else if (ips[0] !== clusterIP)
    conflict(judgement, list.in(0), `the first of clusterIPs is not clusterIP ${quote(clusterIP)}`, ips[0] ?? '');
  if (ips.length > 2) invalid(judgement, list, ips.slice(), `clusterIPs has ${ips.length} addresses, at most two are allowed`, RULE);
  const addresses: (Address | undefined)[] = [];
  let isGood = true;
  for (let index = 0; index < ips.length; index++) {
    const ip = ips[index] ?? '';
    if (typeof ip !== 'string') return undefined;
    if (index === 0 && ip === 'None') {
      addresses.push(undefined);
      if (ips.length === 1) continue;
      invalid(judgement, list, ips.slice(), 'None must be the only one of clusterIPs', RULE);
      isGood = false;
      continue;
    }
    const address = checkAddress(ip, list.in(index), judgement, 'cluster IP');
    isGood &&= address !== undefined;
    addresses.push(address);
  }
  return isGood ? addresses : undefined;
}

function checkStacks(addresses: readonly (Address | undefined)[], families: readonly JsonValue[], at: Place, judgement: Judgement): void {
  const [first, second] = addresses;
  if (first !== undefined && second !== undefined && isV6(first) === isV6(second))
    invalid(judgement, at.in('clusterIPs'), '', 'clusterIPs has two addresses of one IP family', RULE);
  for (let index = 0; index < addresses.length && index < families.length; index++) {
    const address = addresses[index];
    const family = families[index];
    if (address === undefined || (family !== 'IPv4' && family !== 'IPv6') || isV6(address) === (family === 'IPv6')) continue;
    if (judgement.mayGainFields) conflict(judgement, at, 'an address is not of its IP family');
    else invalid(judgement, at.in('clusterIPs').in(index), '', `cluster IP ${index} is not of ${family}, which ipFamilies wants`, RULE);
  }
}

/** One stack and two addresses or families. The default is one stack, for a headless Service without a selector two. */
function checkPolicy(spec: JsonObject, ips: readonly JsonValue[], families: readonly JsonValue[], at: Place, judgement: Judgement): void {
  const many = ips.length === 2 ? 'clusterIPs' : families.length === 2 ? 'ipFamilies' : undefined;
  if (many === undefined || judgement.mayGainFields) return;
  const isTwofold = spec.clusterIP === 'None' && Object.keys(objectIn(spec, 'selector') ?? {}).length === 0;
  const place = at.in('ipFamilyPolicy');
  if (!has(spec, 'ipFamilyPolicy') ? isTwofold : spec.ipFamilyPolicy !== 'SingleStack') return;
  const message = `two ${many} need an ipFamilyPolicy of PreferDualStack or RequireDualStack`;
  if (has(spec, 'ipFamilyPolicy')) invalid(judgement, place, 'SingleStack', message, RULE);
  else missing(judgement, place, `${message}, the default is SingleStack`, RULE);
}

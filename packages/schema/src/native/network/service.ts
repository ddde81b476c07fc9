import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { isLeftToLater } from '../../placeholder.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkRange, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { isPortNumber } from '../pod/port-names.ts';
import { flagIn, has, listIn, numberIn, objectIn, textIn } from '../values.ts';
import { endpointFault } from './ip.ts';
import { checkAddress, checkNetwork } from './ip-checks.ts';
import { checkQualified } from './ports.ts';
import { checkClusterIps } from './service-ips.ts';
import { checkServicePorts } from './service-ports.ts';
import { warnOfService } from './service-warnings.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] as const;
const POLICIES = ['Cluster', 'Local'] as const;
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'] as const;
const SPEC = ROOT.in('spec');
const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** What the server makes of the fields that decide about others. */
export interface ServiceFacts {
  /** `''` where it is not known: a variable, or no type that there is. */
  readonly type: string;
  readonly isHeadless: boolean;
}

/** validateService, and what the allocators refuse before it (pkg/registry/core/service/storage). */
export function checkService(service: JsonObject, judgement: Judgement): void {
  const spec = objectIn(service, 'spec');
  if (spec === undefined) return;
  checkChoice(spec, 'type', TYPES, SPEC, judgement, 'absent');
  const written = textIn(spec, 'type');
  const type = written === '' ? 'ClusterIP' : TYPES.some((one) => one === written) ? written : '';
  const facts: ServiceFacts = { type: isTyped(spec) ? type : '', isHeadless: isHeadless(spec) };
  if (facts.type === 'ExternalName') checkExternalName(spec, judgement);
  else checkClusterIps(spec, SPEC, judgement, facts);
  checkServicePorts(spec, SPEC, judgement, facts);
  checkAffinity(spec, judgement);
  checkExternalIps(spec, judgement);
  checkLoadBalancer(service, spec, judgement, facts);
  checkTraffic(spec, judgement, facts);
  warnOfService(service, spec, judgement, facts);
}

function isTyped(spec: JsonObject): boolean {
  return spec.type === undefined || spec.type === null || typeof spec.type === 'string';
}

function isHeadless(spec: JsonObject): boolean {
  const ips = listIn(spec, 'clusterIPs');
  return ips.length === 0 ? spec.clusterIP === 'None' : ips.length === 1 && ips[0] === 'None';
}

function checkExternalName(spec: JsonObject, judgement: Judgement): void {
  const ips = ['clusterIPs', 'clusterIP'].find((key) => !lacks(spec, key));
  if (ips !== undefined) conflict(judgement, SPEC.in(ips), `${ips} may not be set for type ExternalName`);
  if (listIn(spec, 'ipFamilies').length > 0) conflict(judgement, SPEC.in('ipFamilies'), 'ipFamilies may not be set for type ExternalName');
  if (has(spec, 'ipFamilyPolicy')) conflict(judgement, SPEC.in('ipFamilyPolicy'), 'ipFamilyPolicy may not be set for type ExternalName');
  const name = textIn(spec, 'externalName');
  const plain = name.endsWith('.') ? name.slice(0, -1) : name;
  if (plain === '') {
    if (lacks(spec, 'externalName') || name === '.')
      missing(judgement, SPEC.in('externalName'), 'externalName is missing, which type ExternalName needs');
    return;
  }
  const fault = nameFault(plain, 'subdomain');
  if (fault !== undefined) invalid(judgement, SPEC.in('externalName'), name, `externalName ${quote(name)} ${fault}`);
}

function checkAffinity(spec: JsonObject, judgement: Judgement): void {
  checkChoice(spec, 'sessionAffinity', ['ClientIP', 'None'], SPEC, judgement, 'absent');
  // Without an affinity the server drops its configuration.
  if (spec.sessionAffinity !== 'ClientIP') return;
  const client = objectIn(objectIn(spec, 'sessionAffinityConfig'), 'clientIP');
  if (client !== undefined) checkRange(client, 'timeoutSeconds', 1, 86400, SPEC.in('sessionAffinityConfig').in('clientIP'), judgement);
}

function checkExternalIps(spec: JsonObject, judgement: Judgement): void {
  const ips = listIn(spec, 'externalIPs');
  for (let index = 0; index < ips.length; index++) {
    const ip = ips[index] ?? '';
    if (typeof ip !== 'string') continue;
    const place = SPEC.in('externalIPs').in(index);
    const address = checkAddress(ip, place, judgement, 'external IP');
    const fault = address === undefined ? undefined : endpointFault(address);
    if (fault !== undefined) invalid(judgement, place, ip, `external IP ${quote(ip)} ${fault}`);
  }
}

function checkLoadBalancer(service: JsonObject, spec: JsonObject, judgement: Judgement, { type }: ServiceFacts): void {
  const ranges = listIn(spec, 'loadBalancerSourceRanges');
  const isOther = type !== 'LoadBalancer' && type !== '';
  const refuseElsewhere = (key: string): void => conflict(judgement, SPEC.in(key), `${key} may only be set for type LoadBalancer`);
  if (ranges.length > 0) {
    if (isOther) refuseElsewhere('loadBalancerSourceRanges');
    for (let index = 0; index < ranges.length; index++) {
      const range = ranges[index] ?? '';
      if (typeof range === 'string') checkNetwork(range.trim(), SPEC.in('loadBalancerSourceRanges').in(index), judgement, 'source range');
    }
  } else checkRangesAnnotation(service, judgement, isOther);
  if (isOther && has(spec, 'allocateLoadBalancerNodePorts')) refuseElsewhere('allocateLoadBalancerNodePorts');
  if (!has(spec, 'loadBalancerClass')) return;
  if (isOther) refuseElsewhere('loadBalancerClass');
  else if (type !== '') checkQualified(spec, 'loadBalancerClass', SPEC, judgement);
}

function checkRangesAnnotation(service: JsonObject, judgement: Judgement, isOther: boolean): void {
  const annotations = objectIn(objectIn(service, 'metadata'), 'annotations');
  if (annotations === undefined || !Object.hasOwn(annotations, RANGES)) return;
  const place = ROOT.in('metadata').in('annotations').in(RANGES);
  if (isOther) conflict(judgement, place, `annotation ${RANGES} may only be set for type LoadBalancer`);
  const value = annotations[RANGES];
  if (typeof value !== 'string' || value.trim() === '' || isLeftToLater(value, judgement.verdict)) return;
  for (const range of value.split(',')) checkNetwork(range.trim(), place, judgement, 'source range');
}

function checkTraffic(spec: JsonObject, judgement: Judgement, { type }: ServiceFacts): void {
  checkChoice(spec, 'internalTrafficPolicy', POLICIES, SPEC, judgement);
  const distributions = judgement.minor >= 34 ? DISTRIBUTIONS : DISTRIBUTIONS.slice(0, 1);
  checkChoice(spec, 'trafficDistribution', distributions, SPEC, judgement);
  if (type === '') return;
  const isOutward = type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && listIn(spec, 'externalIPs').length > 0);
  const policy = textIn(spec, 'externalTrafficPolicy');
  if (policy !== '') {
    if (isOutward) checkChoice(spec, 'externalTrafficPolicy', POLICIES, SPEC, judgement);
    else
      conflict(
        judgement,
        SPEC.in('externalTrafficPolicy'),
        `externalTrafficPolicy may only be set where traffic comes from outside, not for type ${type}`,
        policy,
      );
  }
  const port = numberIn(spec, 'healthCheckNodePort');
  if (port === undefined || port === 0) return;
  const place = SPEC.in('healthCheckNodePort');
  if (type !== 'LoadBalancer' || policy !== 'Local') {
    if (!isLeftToLater(policy, judgement.verdict))
      conflict(judgement, place, 'healthCheckNodePort may only be set for type LoadBalancer with externalTrafficPolicy Local', port);
  } else if (!isPortNumber(port)) invalid(judgement, place, port, `healthCheckNodePort ${port} is not between 1 and 65535`);
}

/** Whether the server chooses node ports where none are written. */
export function choosesNodePorts(spec: JsonObject): boolean {
  return flagIn(spec, 'allocateLoadBalancerNodePorts') !== false;
}

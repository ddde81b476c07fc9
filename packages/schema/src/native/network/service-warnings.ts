import type { JsonObject } from '@plumbline/core';
import { conflict } from '../forms.ts';
import { type Judgement, warn } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { listIn, objectIn, textIn } from '../values.ts';
import { warnOfAddress, warnOfNetwork } from './ip-checks.ts';
import type { ServiceFacts } from './service.ts';

const SPEC = ROOT.in('spec');
const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';
const RULE = 'schema/server-warning';

/** GetWarningsForService (pkg/api/service), and the two annotations that must agree. */
export function warnOfService(service: JsonObject, spec: JsonObject, judgement: Judgement, { type }: ServiceFacts): void {
  const annotations = objectIn(objectIn(service, 'metadata'), 'annotations');
  // That HINTS is deprecated is said by api/deprecated-annotation of the pack api.
  if (annotations !== undefined && Object.hasOwn(annotations, HINTS)) {
    const place = ROOT.in('metadata').in('annotations');
    const mode = annotations[MODE];
    if (mode !== undefined && mode !== annotations[HINTS])
      conflict(judgement, place.in(MODE), `annotation ${MODE} does not say the same as ${HINTS}`, mode);
  }
  const externalIps = listIn(spec, 'externalIPs');
  if (type === 'ClusterIP' && spec.clusterIP === 'None') warnOfHeadless(spec, externalIps.length > 0, judgement);
  else if (externalIps.length > 0 && type !== '') {
    if (type === 'ExternalName') ignored('externalIPs', 'for type ExternalName', judgement);
    else if (judgement.minor >= 36)
      warn(judgement, SPEC.in('externalIPs'), 'externalIPs is deprecated, some clusters no longer do it', RULE, { part: 'key' });
  }
  if (textIn(spec, 'clusterIP') !== '' && spec.clusterIP !== 'None') {
    const ips = listIn(spec, 'clusterIPs');
    if (ips.length === 0) warnOfAddress(textIn(spec, 'clusterIP'), SPEC.in('clusterIP'), judgement);
    for (let index = 0; index < ips.length; index++) warnOfItem(ips[index], 'clusterIPs', index, judgement);
  }
  for (let index = 0; index < externalIps.length; index++) warnOfItem(externalIps[index], 'externalIPs', index, judgement);
  const balancer = textIn(spec, 'loadBalancerIP');
  if (balancer !== '') warnOfAddress(balancer, SPEC.in('loadBalancerIP'), judgement);
  const ranges = listIn(spec, 'loadBalancerSourceRanges');
  for (let index = 0; index < ranges.length; index++) {
    const range = ranges[index];
    if (typeof range === 'string') warnOfNetwork(range, SPEC.in('loadBalancerSourceRanges').in(index), judgement);
  }
  if (type !== 'ExternalName' && type !== '' && textIn(spec, 'externalName') !== '') ignored('externalName', `for type ${type}`, judgement);
  if (spec.trafficDistribution === 'PreferClose' && judgement.minor >= 34)
    warn(judgement, SPEC.in('trafficDistribution'), 'trafficDistribution PreferClose is deprecated, write PreferSameZone', RULE);
}

function warnOfHeadless(spec: JsonObject, hasExternalIps: boolean, judgement: Judgement): void {
  const why = 'for a headless Service';
  if (textIn(spec, 'loadBalancerIP') !== '') ignored('loadBalancerIP', why, judgement);
  if (hasExternalIps) ignored('externalIPs', why, judgement);
  const affinity = textIn(spec, 'sessionAffinity');
  if (affinity !== '' && affinity !== 'None') ignored('sessionAffinity', why, judgement, 'net/headless-session');
}

function ignored(key: string, why: string, judgement: Judgement, rule = RULE): void {
  warn(judgement, SPEC.in(key), `${key} is ignored ${why}`, rule, { part: 'key' });
}

function warnOfItem(ip: unknown, key: string, index: number, judgement: Judgement): void {
  if (typeof ip === 'string') warnOfAddress(ip, SPEC.in(key).in(index), judgement);
}

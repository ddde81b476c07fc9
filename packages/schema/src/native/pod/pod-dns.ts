import type { JsonObject, JsonValue } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { checkAddress, warnOfAddress } from '../network/ip-checks.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';

const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;
const SEARCH = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;

/** dnsPolicy, dnsConfig and hostAliases: validatePodDNSConfig, ValidateHostAliases. `at`: of the spec. */
export function checkPodDns(spec: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(spec, 'dnsPolicy', POLICIES, at, judgement, 'absent');
  const config = objectIn(spec, 'dnsConfig');
  if (spec.dnsPolicy === 'None') {
    if (!has(spec, 'dnsConfig')) missing(judgement, at.in('dnsConfig'), 'dnsConfig is missing, which dnsPolicy None needs');
    else if (config !== undefined && lacks(config, 'nameservers'))
      missing(judgement, at.in('dnsConfig').in('nameservers'), 'dnsConfig has no nameservers, which dnsPolicy None needs');
  }
  if (config !== undefined) checkConfig(config, at.in('dnsConfig'), judgement);
  if (!has(spec, 'hostAliases')) return;
  for (const [alias, index] of objectsIn(spec, 'hostAliases')) checkAlias(alias, at.in('hostAliases').in(index), judgement);
}

function checkConfig(config: JsonObject, at: Place, judgement: Judgement): void {
  const servers = listIn(config, 'nameservers');
  if (servers.length > 3) invalid(judgement, at.in('nameservers'), config.nameservers, `${servers.length} nameservers are more than 3`);
  for (let index = 0; index < servers.length; index++)
    checkIp(servers[index] ?? '', 'nameserver', at.in('nameservers').in(index), judgement);
  const searches = listIn(config, 'searches');
  if (searches.length > 32) invalid(judgement, at.in('searches'), config.searches, `${searches.length} searches are more than 32`);
  let length = Math.max(0, searches.length - 1);
  for (let index = 0; index < searches.length; index++) {
    const search = searches[index] ?? '';
    if (typeof search !== 'string') continue;
    length += byteLength(search);
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    if (search !== '.' && (name.length > 253 || !SEARCH.test(name)))
      invalid(judgement, at.in('searches').in(index), search, `search ${quote(search)} is no domain name in lower case`);
  }
  if (length > 2048) invalid(judgement, at.in('searches'), config.searches, 'searches have more than 2048 characters together');
  for (const [option, index] of objectsIn(config, 'options'))
    checkThere(option, 'name', at.in('options').in(index), judgement, 'the option has no name');
}

function checkIp(value: JsonValue, what: string, place: Place, judgement: Judgement): void {
  if (typeof value === 'string' && checkAddress(value, place, judgement, what) !== undefined) warnOfAddress(value, place, judgement);
}

function checkAlias(alias: JsonObject, at: Place, judgement: Judgement): void {
  const ip = textIn(alias, 'ip');
  if (ip !== '') checkIp(ip, 'ip', at.in('ip'), judgement);
  const names = listIn(alias, 'hostnames');
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? '';
    const fault = typeof name === 'string' ? nameFault(name, 'subdomain') : undefined;
    if (fault !== undefined) invalid(judgement, at.in('hostnames').in(index), name, `host name ${quote(name)} ${fault}`);
  }
}

import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkName, checkThere } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';
import { isV6, parseNetwork } from './ip.ts';
import { strictAddressFault, strictNetworkFault } from './ip-checks.ts';

const PARENT = ROOT.in('spec').in('parentRef');
const CIDRS = ROOT.in('spec').in('cidrs');

/** ValidateIPAddress: the name is the address. */
export function checkIpAddress(ipAddress: JsonObject, judgement: Judgement): void {
  const metadata = objectIn(ipAddress, 'metadata');
  for (const key of ['name', 'generateName']) {
    const name = textIn(metadata, key);
    const fault = name === '' ? undefined : strictAddressFault(name);
    if (fault !== undefined) invalid(judgement, ROOT.in('metadata').in(key), name, `${key} ${quote(name)} ${fault}`, 'meta/name-invalid');
  }
  const spec = objectIn(ipAddress, 'spec');
  const parent = objectIn(spec, 'parentRef');
  if (parent === undefined) {
    if (!has(ipAddress, 'spec') || (spec !== undefined && !has(spec, 'parentRef'))) missing(judgement, PARENT, 'parentRef is missing');
    return;
  }
  checkThere(parent, 'resource', PARENT, judgement, 'resource of the parent is missing');
  checkThere(parent, 'name', PARENT, judgement, 'name of the parent is missing');
  checkName(parent, 'group', 'subdomain', PARENT, judgement);
  checkName(parent, 'resource', 'path', PARENT, judgement);
  checkName(parent, 'name', 'path', PARENT, judgement);
  checkName(parent, 'namespace', 'path', PARENT, judgement);
}

/** ValidateServiceCIDR: one network, or one of each family. */
export function checkServiceCidr(serviceCidr: JsonObject, judgement: Judgement): void {
  const spec = objectIn(serviceCidr, 'spec');
  const cidrs = listIn(spec, 'cidrs');
  if (cidrs.length === 0) {
    if (spec === undefined ? !has(serviceCidr, 'spec') : !has(spec, 'cidrs') || Array.isArray(spec.cidrs))
      missing(judgement, CIDRS, 'cidrs are missing, at least one is needed');
    return;
  }
  if (cidrs.length > 2) {
    invalid(judgement, CIDRS, cidrs.slice(), `cidrs has ${cidrs.length} items, at most two are allowed`);
    return;
  }
  const families = new Set<boolean>();
  for (let index = 0; index < cidrs.length; index++) {
    const cidr = cidrs[index] ?? '';
    if (typeof cidr !== 'string') return;
    const fault = strictNetworkFault(cidr);
    if (fault !== undefined) invalid(judgement, CIDRS.in(index), cidr, `CIDR ${quote(cidr)} ${fault}`, 'schema/format');
    const network = parseNetwork(cidr);
    if (network === undefined) return;
    families.add(isV6(network));
  }
  if (families.size < cidrs.length) invalid(judgement, CIDRS, cidrs.slice(), 'both CIDRs are of one IP family', 'net/dual-stack');
}

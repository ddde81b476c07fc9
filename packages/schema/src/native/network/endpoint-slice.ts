import type { JsonObject, JsonValue } from '@plumbline/core';
import { labelValueFault, nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, lacks } from '../forms.ts';
import { duplicate, invalid, type Judgement, missing, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { checkNodeName, isManagedBy } from './endpoints.ts';
import { endpointFault, isV6 } from './ip.ts';
import { checkAddress, strictAddressFault, warnOfAddress } from './ip-checks.ts';
import { checkAppProtocol, checkPortLabel, checkProtocol } from './ports.ts';

const TYPES = ['FQDN', 'IPv4', 'IPv6'] as const;
const MANAGER = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLERS = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'] as const;
const MOST = { endpoints: 1000, addresses: 100, ports: 20000, hints: 8 } as const;

/** ValidateEndpointSlice and its warnings. */
export function checkEndpointSlice(slice: JsonObject, judgement: Judgement): void {
  checkChoice(slice, 'addressType', TYPES, ROOT, judgement, 'absent');
  const type = textIn(slice, 'addressType');
  if (type === 'FQDN') warn(judgement, ROOT.in('addressType'), 'addressType FQDN is deprecated', 'schema/server-warning');
  checkPorts(slice, judgement);
  if (isTooLong(slice, 'endpoints', MOST.endpoints, ROOT, judgement)) return;
  const isOfController = isManagedBy(slice, MANAGER, CONTROLLERS);
  for (const [endpoint, index] of objectsIn(slice, 'endpoints'))
    checkEndpoint(endpoint, type, ROOT.in('endpoints').in(index), judgement, isOfController);
}

function isTooLong(object: JsonObject, key: string, most: number, at: Place, judgement: Judgement): boolean {
  const items = listIn(object, key);
  if (items.length <= most) return false;
  invalid(judgement, at.in(key), items.slice(), `${key} has ${items.length} items, at most ${most} are allowed`);
  return true;
}

function checkPorts(slice: JsonObject, judgement: Judgement): void {
  if (isTooLong(slice, 'ports', MOST.ports, ROOT, judgement)) return;
  const names = new Set<string>();
  for (const [port, index] of objectsIn(slice, 'ports')) {
    const at = ROOT.in('ports').in(index);
    const name = textIn(port, 'name');
    if (name !== '') checkPortLabel(name, at, judgement, 'wl/port-name');
    if (names.has(name)) duplicate(judgement, at.in('name'), name, `name ${quote(name)} is in ports twice`);
    names.add(name);
    checkProtocol(port, at, judgement, 'wrong');
    checkAppProtocol(port, at, judgement);
  }
}

function checkEndpoint(endpoint: JsonObject, type: string, at: Place, judgement: Judgement, isOfController: boolean): void {
  const addresses = listIn(endpoint, 'addresses');
  if (lacks(endpoint, 'addresses')) missing(judgement, at.in('addresses'), 'addresses are missing, an endpoint needs at least one');
  isTooLong(endpoint, 'addresses', MOST.addresses, at, judgement);
  for (let index = 0; index < addresses.length; index++) {
    const address = addresses[index] ?? '';
    if (typeof address === 'string') checkOne(address, type, at.in('addresses').in(index), judgement, isOfController);
  }
  checkNodeName(endpoint, at, judgement);
  const { hostname } = endpoint;
  const fault = typeof hostname === 'string' ? nameFault(hostname, 'label') : undefined;
  if (fault !== undefined) invalid(judgement, at.in('hostname'), hostname, `hostname ${quote(hostname)} ${fault}`);
  const hints = objectIn(endpoint, 'hints');
  if (hints === undefined) return;
  const place = at.in('hints');
  if (checkHints(hints, 'forZones', labelValueFault, place, judgement) && judgement.minor >= 34)
    checkHints(hints, 'forNodes', nodeFault, place, judgement);
}

function checkOne(address: string, type: string, place: Place, judgement: Judgement, isOfController: boolean): void {
  if (type === 'FQDN') {
    const fault = domainFault(address);
    if (fault !== undefined) invalid(judgement, place, address, `address ${quote(address)} ${fault}`);
    return;
  }
  if (type !== 'IPv4' && type !== 'IPv6') return;
  if (type === 'IPv6') {
    const fault = strictAddressFault(address);
    if (fault !== undefined) {
      invalid(judgement, place, address, `address ${quote(address)} ${fault}`, 'schema/format');
      return;
    }
  }
  const parsed = checkAddress(address, place, judgement, 'address');
  if (parsed === undefined) return;
  const fault = isV6(parsed) === (type === 'IPv6') ? endpointFault(parsed) : `is no ${type} address`;
  if (fault !== undefined) invalid(judgement, place, address, `address ${quote(address)} ${fault}`);
  if (!isOfController) warnOfAddress(address, place, judgement);
}

/** IsFullyQualifiedDomainName: at least two labels, a dot may be at the end. */
function domainFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  const plain = name.endsWith('.') ? name.slice(0, -1) : name;
  const fault = nameFault(plain, 'subdomain');
  if (fault !== undefined) return fault;
  const labels = plain.split('.');
  if (labels.length < 2) return 'has no dot, a domain has at least two parts';
  return labels.some((label) => label.length > 63) ? 'has a part longer than 63 characters' : undefined;
}

const nodeFault = (name: string): string | undefined => nameFault(name, 'subdomain');

/** Gives whether the list is short enough. */
function checkHints(
  hints: JsonObject,
  key: string,
  faultOf: (name: string) => string | undefined,
  at: Place,
  judgement: Judgement,
): boolean {
  if (isTooLong(hints, key, MOST.hints, at, judgement)) return false;
  const names: JsonValue[] = [];
  for (const [hint, index] of objectsIn(hints, key)) {
    const name = hint.name ?? '';
    if (typeof name !== 'string') continue;
    const place = at.in(key).in(index).in('name');
    if (names.includes(name)) duplicate(judgement, place, name, `name ${quote(name)} is in ${key} twice`);
    names.push(name);
    const fault = faultOf(name);
    if (fault !== undefined) invalid(judgement, place, name, `name ${quote(name)} ${fault}`);
  }
  return true;
}

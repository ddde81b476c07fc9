import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkName, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { objectIn, objectsIn, textIn } from '../values.ts';
import { endpointFault } from './ip.ts';
import { checkAddress, warnOfAddress } from './ip-checks.ts';
import { checkAppProtocol, checkPort, checkPortLabel, checkProtocol } from './ports.ts';

/** ValidateEndpoints and its warnings. */
export function checkEndpoints(endpoints: JsonObject, judgement: Judgement): void {
  const isOfController = isManagedBy(endpoints, 'endpoints.kubernetes.io/managed-by', ['endpoint-controller']);
  for (const [subset, index] of objectsIn(endpoints, 'subsets')) {
    const at = ROOT.in('subsets').in(index);
    if (lacks(subset, 'addresses') && lacks(subset, 'notReadyAddresses'))
      missing(judgement, at.in('addresses'), 'a subset needs addresses or notReadyAddresses');
    for (const list of ['addresses', 'notReadyAddresses'])
      for (const [address, number] of objectsIn(subset, list)) checkEndpoint(address, at.in(list).in(number), judgement, isOfController);
    const isOneOfMany = Array.isArray(subset.ports) && subset.ports.length > 1;
    for (const [port, number] of objectsIn(subset, 'ports')) checkEndpointPort(port, isOneOfMany, at.in('ports').in(number), judgement);
  }
}

/** Whether a controller of Kubernetes itself says that it wrote the object. */
export function isManagedBy(object: JsonObject, label: string, controllers: readonly string[]): boolean {
  return controllers.includes(textIn(objectIn(objectIn(object, 'metadata'), 'labels'), label));
}

function checkEndpoint(address: JsonObject, at: Place, judgement: Judgement, isOfController: boolean): void {
  const ip = textIn(address, 'ip');
  if (ip !== '') {
    const place = at.in('ip');
    const parsed = checkAddress(ip, place, judgement, 'ip');
    const fault = parsed === undefined ? undefined : endpointFault(parsed);
    if (fault !== undefined) invalid(judgement, place, ip, `ip ${quote(ip)} ${fault}`);
    if (!isOfController) warnOfAddress(ip, place, judgement);
  }
  checkName(address, 'hostname', 'label', at, judgement);
  checkNodeName(address, at, judgement);
}

/** nodeName, which may be absent but not empty. */
export function checkNodeName(object: JsonObject, at: Place, judgement: Judgement): void {
  const { nodeName } = object;
  if (typeof nodeName !== 'string') return;
  const fault = nameFault(nodeName, 'subdomain');
  if (fault !== undefined) invalid(judgement, at.in('nodeName'), nodeName, `nodeName ${quote(nodeName)} ${fault}`);
}

function checkEndpointPort(port: JsonObject, needsName: boolean, at: Place, judgement: Judgement): void {
  const name = textIn(port, 'name');
  if (name !== '') checkPortLabel(name, at, judgement, 'wl/port-name');
  else if (needsName && lacks(port, 'name')) missing(judgement, at.in('name'), 'name is missing, which each of several ports needs');
  checkPort(port, 'port', at, judgement);
  checkProtocol(port, at, judgement);
  checkAppProtocol(port, at, judgement);
}

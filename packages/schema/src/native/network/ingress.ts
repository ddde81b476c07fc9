import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { isLeftToLater } from '../../placeholder.ts';
import { quote } from '../../verdict.ts';
import { checkName, checkThere, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { portNameFault } from '../pod/port-names.ts';
import { has, listIn, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { parseAddress } from './ip.ts';
import { checkPort } from './ports.ts';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'] as const;
const FORBIDDEN = ['//', '/./', '/../', '%2f', '%2F'] as const;
const ENDINGS = ['/..', '/.'] as const;
const CLASS = 'kubernetes.io/ingress.class';
const SPEC = ROOT.in('spec');

/** ValidateIngressCreate. */
export function checkIngress(ingress: JsonObject, judgement: Judgement): void {
  const spec = objectIn(ingress, 'spec');
  if (spec === undefined) return;
  if (lacks(spec, 'rules') && !has(spec, 'defaultBackend'))
    missing(judgement, SPEC.in('rules'), 'an Ingress needs rules or a defaultBackend', 'schema/invalid');
  const backend = objectIn(spec, 'defaultBackend');
  if (backend !== undefined) checkBackend(backend, SPEC.in('defaultBackend'), judgement);
  for (const [rule, index] of objectsIn(spec, 'rules')) checkRule(rule, SPEC.in('rules').in(index), judgement);
  for (const [tls, index] of objectsIn(spec, 'tls')) checkTls(tls, SPEC.in('tls').in(index), judgement);
  checkClass(ingress, spec, judgement);
}

function checkClass(ingress: JsonObject, spec: JsonObject, judgement: Judgement): void {
  const hasClass = has(spec, 'ingressClassName');
  const name = textIn(spec, 'ingressClassName');
  if (hasClass && typeof spec.ingressClassName === 'string') {
    const fault = nameFault(name, 'subdomain');
    if (fault !== undefined) invalid(judgement, SPEC.in('ingressClassName'), name, `ingressClassName ${quote(name)} ${fault}`);
  }
  const annotations = objectIn(objectIn(ingress, 'metadata'), 'annotations');
  if (annotations === undefined || !Object.hasOwn(annotations, CLASS)) return;
  const place = ROOT.in('metadata').in('annotations').in(CLASS);
  const value = annotations[CLASS] ?? '';
  // That the annotation is deprecated is said by api/deprecated-annotation of the pack api.
  if (!hasClass) return;
  if (typeof value === 'string' && value !== name && !isLeftToLater(name, judgement.verdict))
    conflict(judgement, place, `annotation ${CLASS} says ${quote(value)} and ingressClassName ${quote(name)}`, value);
}

/** A DNS name, or one with `*.` before it. */
function hostFault(host: string): string | undefined {
  if (!host.includes('*')) return nameFault(host, 'subdomain');
  if (host.length > 253) return 'is longer than 253 characters';
  return host.startsWith('*.') && nameFault(host.slice(2), 'subdomain') === undefined
    ? undefined
    : 'may have a "*" only as its whole first part, as in "*.example.com"';
}

function checkRule(rule: JsonObject, at: Place, judgement: Judgement): void {
  const host = textIn(rule, 'host');
  if (host !== '') {
    const fault = parseAddress(host) === undefined ? hostFault(host) : 'is an IP address, not a DNS name';
    if (fault !== undefined) invalid(judgement, at.in('host'), host, `host ${quote(host)} ${fault}`);
  }
  const http = objectIn(rule, 'http');
  if (http === undefined) return;
  const place = at.in('http').in('paths');
  if (lacks(http, 'paths')) missing(judgement, place, 'paths are missing, an HTTP rule needs at least one');
  for (const [path, index] of objectsIn(http, 'paths')) checkPath(path, place.in(index), judgement);
}

function checkPath(path: JsonObject, at: Place, judgement: Judgement): void {
  if (!has(path, 'pathType')) {
    missing(judgement, at.in('pathType'), `pathType is missing: write ${PATH_TYPES.join(', ')}`);
    return;
  }
  const type = textIn(path, 'pathType');
  const text = textIn(path, 'path');
  const place = at.in('path');
  const isLiteral = type === 'Exact' || type === 'Prefix';
  if (isLiteral || (type === 'ImplementationSpecific' && text !== '')) {
    if (text === '' && lacks(path, 'path')) missing(judgement, place, `path is missing, which pathType ${type} needs`, 'schema/invalid');
    else if (!text.startsWith('/') && typeof path.path === 'string')
      invalid(judgement, place, text, `path ${quote(text)} does not start with "/"`);
    else if (isLiteral) {
      const part = FORBIDDEN.find((one) => text.includes(one)) ?? ENDINGS.find((one) => text.endsWith(one));
      if (part !== undefined) invalid(judgement, place, text, `path ${quote(text)} may not have "${part}" in it for pathType ${type}`);
    }
  } else if (typeof path.pathType === 'string' && !PATH_TYPES.some((one) => one === type))
    unsupported(judgement, at.in('pathType'), type, PATH_TYPES, 'pathType');
  const backend = objectIn(path, 'backend');
  if (backend !== undefined) checkBackend(backend, at.in('backend'), judgement);
  else if (!has(path, 'backend')) missing(judgement, at.in('backend'), 'backend is missing');
}

function checkTls(tls: JsonObject, at: Place, judgement: Judgement): void {
  const hosts = listIn(tls, 'hosts');
  for (let index = 0; index < hosts.length; index++) {
    const host = hosts[index] ?? '';
    const fault = typeof host === 'string' ? hostFault(host) : undefined;
    if (fault !== undefined) invalid(judgement, at.in('hosts').in(index), host, `host ${quote(host)} ${fault}`);
  }
  checkName(tls, 'secretName', 'subdomain', at, judgement);
}

function checkBackend(backend: JsonObject, at: Place, judgement: Judgement): void {
  const hasService = has(backend, 'service');
  if (has(backend, 'resource')) {
    if (hasService) conflict(judgement, at, 'a backend has a service or a resource, not both', '');
    else checkResource(objectIn(backend, 'resource'), at.in('resource'), judgement);
    return;
  }
  if (!hasService) {
    missing(judgement, at.in('service'), 'a backend needs a service or a resource');
    return;
  }
  const service = objectIn(backend, 'service');
  if (service === undefined) return;
  const place = at.in('service');
  checkThere(service, 'name', place, judgement, 'name of the service is missing');
  checkName(service, 'name', judgement.minor >= 36 ? 'label' : 'rfc1035', place, judgement);
  checkServicePort(service, place, judgement);
}

function checkServicePort(service: JsonObject, at: Place, judgement: Judgement): void {
  const port = objectIn(service, 'port');
  if (port === undefined && has(service, 'port')) return;
  const name = textIn(port, 'name');
  const number = numberIn(port, 'number') ?? 0;
  const place = at.in('port');
  if (name !== '' && number !== 0) conflict(judgement, place, 'a port has a name or a number, not both', name);
  else if (name !== '') {
    const fault = portNameFault(name);
    if (fault !== undefined) invalid(judgement, place.in('name'), name, `name ${quote(name)} of a port ${fault}`);
  } else if (port !== undefined && number !== 0) checkPort(port, 'number', place, judgement);
  else if (port === undefined || (lacks(port, 'name') && (lacks(port, 'number') || port.number === 0)))
    missing(judgement, port === undefined ? place : place.in('number'), 'a port needs a number or a name');
}

/** validateIngressTypedLocalObjectReference. */
function checkResource(resource: JsonObject | undefined, at: Place, judgement: Judgement): void {
  if (resource === undefined) return;
  checkGroup(resource, at, judgement);
  for (const key of ['kind', 'name']) {
    checkThere(resource, key, at, judgement, `${key} of the resource is missing`);
    checkName(resource, key, 'path', at, judgement);
  }
}

/** The group of a reference: absent, or a DNS subdomain. */
export function checkGroup(reference: JsonObject, at: Place, judgement: Judgement): void {
  if (typeof reference.apiGroup !== 'string') return;
  const fault = nameFault(reference.apiGroup, 'subdomain');
  if (fault !== undefined) invalid(judgement, at.in('apiGroup'), reference.apiGroup, `apiGroup ${quote(reference.apiGroup)} ${fault}`);
}

import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkRange, checkThere } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, objectIn, textIn } from '../values.ts';

/** How the server reaches a webhook: exactly one of url and service. `at`: of the webhook. */
export function checkClientConfig(webhook: JsonObject, at: Place, judgement: Judgement): void {
  const config = objectIn(webhook, 'clientConfig');
  if (config === undefined && has(webhook, 'clientConfig')) return;
  const place = at.in('clientConfig');
  if (has(config, 'url') === has(config, 'service')) {
    const message = 'clientConfig needs a url or a service, and only one of them';
    if (has(config, 'url')) clash(judgement, place, config, message);
    else missing(judgement, place, message);
    return;
  }
  const service = objectIn(config, 'service');
  if (service !== undefined) checkService(service, place.in('service'), judgement);
  else if (typeof config?.url === 'string') checkUrl(config.url, place.in('url'), judgement);
}

/** ValidateWebhookURL. */
function checkUrl(text: string, place: Place, judgement: Judgement): void {
  const fault = urlFault(text);
  if (fault !== undefined) invalid(judgement, place, text, `url ${quote(text)} ${fault}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses them in an address.
const CONTROL = /[\u0000-\u001f\u007f]/;

/** What is wrong with `https://host[/path]`, as Go's url.Parse and the server's own looks have it. */
function urlFault(text: string): string | undefined {
  if (CONTROL.test(text)) return 'has a control character in it';
  const hash = text.indexOf('#');
  const address = hash < 0 ? text : text.slice(0, hash);
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(address)?.[1];
  if (scheme?.toLowerCase() !== 'https') return 'does not begin with "https://", the only scheme that is taken';
  const query = address.indexOf('?');
  const rest = (query < 0 ? address : address.slice(0, query)).slice(scheme.length + 1);
  if (!rest.startsWith('//')) return 'has no host';
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  if (authority.includes('@')) return 'has a user in it, which is not taken';
  const fault = hostFault(authority);
  if (fault !== undefined) return fault;
  if (/%(?![0-9A-Fa-f]{2})/.test(slash < 0 ? '' : rest.slice(slash))) return 'has a "%" in its path that begins no escape';
  if (query >= 0 && query < address.length - 1) return 'has a query, which is not taken';
  return hash >= 0 && hash < text.length - 1 ? 'has a fragment, which is not taken' : undefined;
}

function hostFault(authority: string): string | undefined {
  if (authority === '') return 'has no host';
  const end = authority.startsWith('[') ? authority.lastIndexOf(']') + 1 : authority.lastIndexOf(':');
  if (authority.startsWith('[') && end === 0) return 'has a host with "[" and no "]"';
  const port = end < 0 ? '' : authority.slice(end);
  if (!/^(?::\d*)?$/.test(port)) return `has the port ${quote(port.slice(1))}, which is no number`;
  const host = end < 0 ? authority : authority.slice(0, end);
  return /[ "<>\\^`{|}]/.test(host) || /%(?![0-9A-Fa-f]{2})/.test(host) ? 'has a character in its host that may not be there' : undefined;
}

/** ValidateWebhookService. */
function checkService(service: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(service, 'name', at, judgement, 'the service has no name');
  checkThere(service, 'namespace', at, judgement, 'the service has no namespace');
  checkRange(service, 'port', 1, 65535, at, judgement);
  const path = textIn(service, 'path');
  if (path === '' || path === '/') return;
  const fault = path.startsWith('/') ? pathFault(path) : 'does not begin with "/"';
  if (fault !== undefined) invalid(judgement, at.in('path'), path, `path ${quote(path)} ${fault}`);
}

function pathFault(path: string): string | undefined {
  for (const step of path.slice(1).replace(/\/$/, '').split('/')) {
    if (step === '') return 'has an empty segment';
    const fault = nameFault(step, 'subdomain');
    if (fault !== undefined) return `has a segment ${quote(step)} that ${fault}`;
  }
  return undefined;
}

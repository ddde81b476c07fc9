import { isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { isBase64 } from '../../scalar.ts';
import { quote, skip } from '../../verdict.ts';
import { conflict } from '../forms.ts';
import { invalid, type Judgement, missing, warn } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { objectIn, textIn } from '../values.ts';
import { decodeBase64 } from './base64.ts';

const RULE = 'cfg/secret-type';
const KEY = /^[-._a-zA-Z0-9]+$/;
const DATA = ROOT.in('data');
const ACCOUNT = 'kubernetes.io/service-account.name';

/** ValidateConfigMap: the keys. Sizes are judged elsewhere. */
export function checkConfigMap(configMap: JsonObject, judgement: Judgement): void {
  const data = objectIn(configMap, 'data');
  const binary = objectIn(configMap, 'binaryData');
  if (data !== undefined) checkKeys(data, DATA, judgement);
  if (binary === undefined) return;
  checkKeys(binary, ROOT.in('binaryData'), judgement);
  checkBytes(binary, ROOT.in('binaryData'), judgement);
  if (data !== undefined)
    for (const key in data)
      if (Object.hasOwn(binary, key)) conflict(judgement, DATA.in(key), `key ${quote(key)} is in data and in binaryData`, key);
}

function checkKeys(data: JsonObject, at: Place, judgement: Judgement): void {
  for (const key in data) {
    const fault = configKeyFault(key);
    if (fault !== undefined) invalid(judgement, at.in(key), key, `key ${quote(key)} ${fault}`, 'schema/invalid', { part: 'key' });
  }
}

/** Go takes a list of numbers for bytes as well. */
function checkBytes(data: JsonObject, at: Place, judgement: Judgement): void {
  for (const key in data) {
    const bytes = data[key];
    if (!Array.isArray(bytes)) continue;
    const index = bytes.findIndex(
      (byte) => byte !== null && !(typeof byte === 'number' && Number.isInteger(byte) && byte >= 0 && byte < 256),
    );
    if (index >= 0)
      invalid(judgement, at.in(key).in(index), '', 'a list in place of base64 text has bytes in it, 0 to 255', 'schema/wrong-type');
  }
}

/** IsConfigMapKey: a key becomes the name of a file. */
export function configKeyFault(key: string): string | undefined {
  if (key.length > 253) return 'is longer than 253 characters';
  if (!KEY.test(key)) return key === '' ? 'is empty' : 'may have only letters, digits, "-", "_" and "."';
  return key.startsWith('..') || key === '.' ? 'may not be "." or start with ".."' : undefined;
}

/** ValidateSecret: the keys, and those that the type wants. */
export function checkSecret(secret: JsonObject, judgement: Judgement): void {
  const data = objectIn(secret, 'data');
  const texts = objectIn(secret, 'stringData');
  if (data !== undefined) {
    checkKeys(data, DATA, judgement);
    checkBytes(data, DATA, judgement);
  }
  if (texts !== undefined) checkKeys(texts, ROOT.in('stringData'), judgement);
  switch (secret.type) {
    case 'kubernetes.io/service-account-token':
      checkAccount(secret, judgement);
      break;
    case 'kubernetes.io/dockercfg':
      checkJson(secret, '.dockercfg', judgement);
      break;
    case 'kubernetes.io/dockerconfigjson':
      checkJson(secret, '.dockerconfigjson', judgement);
      break;
    case 'kubernetes.io/basic-auth':
      if (!isThere(secret, 'username') && !isThere(secret, 'password'))
        missing(judgement, DATA.in('username'), 'the type wants a key "username" or "password" in data or stringData', RULE);
      break;
    case 'kubernetes.io/ssh-auth':
      if (bytesAt(secret, 'ssh-privatekey') === '') lacksKey('ssh-privatekey', judgement);
      break;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key']) if (!isThere(secret, key)) lacksKey(key, judgement);
      warnOfCertificate(secret, judgement);
      break;
  }
}

function lacksKey(key: string, judgement: Judgement): void {
  missing(judgement, DATA.in(key), `the type wants a key "${key}" in data or stringData`, RULE);
}

function checkAccount(secret: JsonObject, judgement: Judgement): void {
  if (textIn(objectIn(objectIn(secret, 'metadata'), 'annotations'), ACCOUNT) === '')
    missing(judgement, ROOT.in('metadata').in('annotations').in(ACCOUNT), `the type wants an annotation "${ACCOUNT}"`, RULE);
}

function isThere(secret: JsonObject, key: string): boolean {
  return placeOf(secret, key) !== undefined;
}

/** Where the key is: stringData comes before data. */
function placeOf(secret: JsonObject, key: string): 'stringData' | 'data' | undefined {
  for (const member of ['stringData', 'data'] as const) {
    const data = secret[member];
    // One that is no mapping is refused for it.
    if (isObject(data) ? Object.hasOwn(data, key) : data !== undefined && data !== null) return member;
  }
  return undefined;
}

/** The value as written, as far as it is empty or not; undefined where it cannot be said. */
function bytesAt(secret: JsonObject, key: string): string | undefined {
  const member = placeOf(secret, key);
  if (member === undefined) return '';
  const data = secret[member];
  const value: JsonValue | undefined = isObject(data) ? data[key] : undefined;
  return value === null ? '' : typeof value === 'string' ? value : undefined;
}

function checkJson(secret: JsonObject, key: string, judgement: Judgement): void {
  const member = placeOf(secret, key);
  if (member === undefined) {
    lacksKey(key, judgement);
    return;
  }
  const written = bytesAt(secret, key);
  if (written === undefined) return;
  const place = ROOT.in(member).in(key);
  if (isLeftToLater(written, judgement.verdict) || (member === 'data' && !isBase64(written))) {
    skip(judgement.verdict, RULE, 'the value cannot be read as it stands');
    return;
  }
  const text = member === 'data' ? decodeBase64(written) : written;
  if (text !== undefined && isLeftToLater(text, judgement.verdict))
    skip(judgement.verdict, RULE, 'the value has a variable that is filled in later');
  else if (text === undefined || !isJsonObject(text))
    invalid(judgement, place, '', `the value of "${key}" is no JSON object, which the type wants`, RULE);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || (typeof value === 'object' && !Array.isArray(value));
  } catch {
    return false;
  }
}

/** The server tries to load the pair, and warns where it cannot; what is no PEM at all it cannot. */
function warnOfCertificate(secret: JsonObject, judgement: Judgement): void {
  for (const key of ['tls.crt', 'tls.key']) {
    const member = placeOf(secret, key);
    const written = bytesAt(secret, key);
    if (member === undefined || written === undefined || isLeftToLater(written, judgement.verdict)) return;
    if (member === 'data' && !isBase64(written)) return;
    const text = member === 'data' ? decodeBase64(written) : written;
    if (text === undefined || isLeftToLater(text, judgement.verdict)) return;
    if (text.includes('-----BEGIN ')) continue;
    const what = key === 'tls.crt' ? 'certificate' : 'key';
    warn(judgement, ROOT.in(member).in(key), `the value of "${key}" is no ${what} in PEM form`, RULE);
    return;
  }
}

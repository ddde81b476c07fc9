import { addTo } from '@plumbline/core';
import { libraryType } from '../library/signature.ts';
import type { CelType } from '../types/type.ts';
import { CelError, noSuchOverload } from './cel-error.ts';
import { Boxed, type Value } from './value.ts';

/** A URL as Go's net/url reads it, whose rules are others than the browser's. */
export class Url extends Boxed {
  readonly scheme: string;
  readonly host: string;
  /** As it was written, where that is a proper escape of it. */
  readonly escapedPath: string;
  readonly query: string;
  private readonly text: string;

  constructor(parts: { scheme: string; host: string; escapedPath: string; query: string; text: string }) {
    super();
    this.scheme = parts.scheme;
    this.host = parts.host;
    this.escapedPath = parts.escapedPath;
    this.query = parts.query;
    this.text = parts.text;
  }

  /** An absolute URL, or an absolute path. */
  static parse(text: string): Url | CelError {
    const problem = problemOf(text);
    if (problem !== undefined)
      return new CelError(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: ${problem}`);
    const hash = text.indexOf('#');
    const beforeHash = hash < 0 ? text : text.slice(0, hash);
    const { scheme, rest } = schemeOf(beforeHash);
    const [beforeQuery, query] = cut(rest, '?');
    if (!beforeQuery.startsWith('/')) return new Url({ scheme, host: '', escapedPath: text === '*' ? '*' : '', query, text });
    const isAuthority = beforeQuery.startsWith('//') && (scheme !== '' || !beforeQuery.startsWith('///'));
    const [authority, path] = isAuthority ? authorityOf(beforeQuery.slice(2)) : ['', beforeQuery];
    const host = authority.slice(authority.lastIndexOf('@') + 1);
    const plainHost = unescaped(host) ?? host;
    return new Url({ scheme, host: plainHost, escapedPath: escapePath(path), query, text });
  }

  get hostname(): string {
    const withoutPort = /^(.*?)(?::\d*)?$/.exec(this.host)?.[1] ?? '';
    if (this.host.startsWith('[')) return this.host.slice(1, this.host.lastIndexOf(']'));
    return this.host.indexOf(':') === this.host.lastIndexOf(':') ? withoutPort : this.host.replace(/:\d*$/, '');
  }

  get port(): string {
    return /:(\d*)$/.exec(this.host.startsWith('[') ? this.host.slice(this.host.lastIndexOf(']')) : this.host)?.[1] ?? '';
  }

  /** The values of each name, in order. */
  get parameters(): ReadonlyMap<string, readonly string[]> {
    const parameters = new Map<string, string[]>();
    for (const pair of this.query.split('&')) {
      if (pair === '' || pair.includes(';')) continue;
      const [rawName, rawValue] = cut(pair, '=');
      const name = unescaped(rawName.replaceAll('+', ' '));
      const value = unescaped(rawValue.replaceAll('+', ' '));
      if (name === undefined || value === undefined) continue;
      addTo(parameters, name, value);
    }
    return parameters;
  }

  typeOf(): CelType {
    return libraryType('kubernetes.URL');
  }

  equals(other: Value): boolean | CelError {
    return other instanceof Url ? other.normal === this.normal : noSuchOverload();
  }

  override toString(): string {
    return this.text;
  }

  private get normal(): string {
    return `${this.scheme}|${this.host}|${this.escapedPath}|${this.query}|${this.text.split('#').slice(1).join('#')}`;
  }
}

/** Why a text is no absolute URL or path; undefined where it is one. */
export function problemOf(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'net/url: invalid control character in URL';
  if (text === '') return 'empty url';
  if (text === '*') return undefined;
  if (text.startsWith(':')) return 'missing protocol scheme';
  const { scheme, rest } = schemeOf(text);
  const [beforeQuery] = cut(rest, '?');
  if (!beforeQuery.startsWith('/')) return scheme === '' ? 'invalid URI for request' : undefined;
  const isAuthority = scheme !== '' && beforeQuery.startsWith('//');
  const [authority, path] = isAuthority ? authorityOf(beforeQuery.slice(2)) : ['', beforeQuery];
  const problem = isAuthority ? hostProblem(authority) : undefined;
  return problem ?? escapeProblem(path);
}

function schemeOf(text: string): { readonly scheme: string; readonly rest: string } {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  return match === null ? { scheme: '', rest: text } : { scheme: (match[1] ?? '').toLowerCase(), rest: text.slice(match[0].length) };
}

function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function authorityOf(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash)];
}

function hostProblem(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) return 'net/url: invalid userinfo';
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) return "missing ']' in host";
    const port = host.slice(end + 1);
    if (!/^(?::\d*)?$/.test(port)) return `invalid port ${JSON.stringify(port)} after host`;
    const inner = host.slice(1, end).replace(/%25.*$/, '');
    return /^[0-9A-Fa-f:.]*$/.test(inner) ? undefined : `invalid host ${JSON.stringify(host)}`;
  }
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !/^:\d*$/.test(host.slice(colon))) return `invalid port ${JSON.stringify(host.slice(colon))} after host`;
  const wrongEscape = /%(?![89A-Fa-f][0-9A-Fa-f]).{0,2}/.exec(host);
  if (wrongEscape !== null) return `invalid URL escape ${JSON.stringify(wrongEscape[0])}`;
  const wrong = /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\uffff]/.exec(host);
  return wrong === null ? undefined : `invalid character ${JSON.stringify(wrong[0])} in host name`;
}

function escapeProblem(path: string): string | undefined {
  const wrong = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(path);
  return wrong === null ? undefined : `invalid URL escape ${JSON.stringify(wrong[0])}`;
}

function unescaped(text: string): string | undefined {
  if (escapeProblem(text) !== undefined) return undefined;
  if (!text.includes('%')) return text;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [part] of text.matchAll(/%[0-9A-Fa-f]{2}|[^%]+/g)) {
    if (part.startsWith('%')) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...encoder.encode(part));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The path as it was written, or escaped anew where it was not escaped properly. */
function escapePath(path: string): string {
  if (/^[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]%]*$/.test(path)) return path;
  const plain = unescaped(path) ?? path;
  return Array.from(new TextEncoder().encode(plain), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9\-_.~$&+,/:;=@]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

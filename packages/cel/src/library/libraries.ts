import type { Extension } from '../api.ts';
import { authz, authzSelectors } from './authz.ts';
import { cidr } from './cidr.ts';
import { comprehensions } from './comprehensions.ts';
import { conversions } from './conversions.ts';
import { bindings, encoders } from './extensions.ts';
import { format } from './format.ts';
import type { Library } from './function.ts';
import { ip } from './ip.ts';
import { listExtension } from './list-extension.ts';
import { lists } from './lists.ts';
import { math } from './math.ts';
import { jsonPatch } from './mutation.ts';
import { operators } from './operators.ts';
import { optionals } from './optionals.ts';
import { quantity } from './quantity.ts';
import { regex } from './regex.ts';
import { semver } from './semver.ts';
import { sets } from './sets.ts';
import { standard } from './standard.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';
import { urls } from './url.ts';

/** Since which minor Kubernetes has what (k8s.io/apiserver/pkg/cel/environment/base.go). */
const SINCE: readonly (readonly [minor: number, library: (minor: number) => Library])[] = [
  [0, (minor) => operators(minor >= 28)],
  [0, conversions],
  [0, standard],
  [0, times],
  [0, urls],
  [0, regex],
  [0, (minor) => lists(minor >= 37 ? 1 : 0)],
  [0, (minor) => strings(minor >= 29 ? 2 : 0)],
  [27, authz],
  [28, optionals],
  [28, quantity],
  [29, sets],
  [30, ip],
  [30, cidr],
  [31, format],
  [31, authzSelectors],
  [32, comprehensions],
  [33, semver],
  [34, listExtension],
];

const EXTENSIONS: Readonly<Record<Extension, () => Library>> = { bindings, encoders, math };

/** The libraries of a minor, of mutating policies, and of other dialects. */
export function librariesOf(minor: number, canMutate: boolean, extensions: readonly Extension[]): readonly Library[] {
  return [
    ...SINCE.filter(([since]) => minor >= since).map(([, library]) => library(minor)),
    ...(canMutate ? [jsonPatch()] : []),
    ...extensions.map((extension) => EXTENSIONS[extension]()),
  ];
}

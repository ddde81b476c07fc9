import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, listIn } from '../values.ts';
import { isWildcardBesideOthers, textsIn } from './texts.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'] as const;

/** ValidateFlowSchemaResourcePolicyRule. */
export function checkResourceRule(rule: JsonObject, at: Place, judgement: Judgement): void {
  checkVerbs(rule, at, judgement);
  checkWords(rule, 'apiGroups', at, judgement);
  checkWords(rule, 'resources', at, judgement);
  if (lacks(rule, 'namespaces')) {
    if (flagIn(rule, 'clusterScope') !== true)
      missing(judgement, at.in('namespaces'), 'namespaces is missing, which a rule without clusterScope needs: "*" for all');
    return;
  }
  checkWildcard(rule, 'namespaces', at, judgement);
  if (listIn(rule, 'namespaces').includes('*')) return;
  for (const [namespace, index] of textsIn(rule, 'namespaces')) {
    const fault = nameFault(namespace, 'label');
    if (fault !== undefined) invalid(judgement, at.in('namespaces').in(index), namespace, `namespace ${quote(namespace)} ${fault}`);
  }
}

/** ValidateFlowSchemaNonResourcePolicyRule. */
export function checkUrlRule(rule: JsonObject, at: Place, judgement: Judgement): void {
  checkVerbs(rule, at, judgement);
  checkWords(rule, 'nonResourceURLs', at, judgement);
  if (listIn(rule, 'nonResourceURLs').includes('*')) return;
  for (const [url, index] of textsIn(rule, 'nonResourceURLs')) {
    const fault = urlFault(url);
    if (fault !== undefined) invalid(judgement, at.in('nonResourceURLs').in(index), url, `${quote(url)} ${fault}`);
  }
}

function checkVerbs(rule: JsonObject, at: Place, judgement: Judgement): void {
  checkWords(rule, 'verbs', at, judgement);
  if (listIn(rule, 'verbs').includes('*')) return;
  for (const [verb, index] of textsIn(rule, 'verbs'))
    if (!VERBS.some((one) => one === verb)) unsupported(judgement, at.in('verbs').in(index), verb, ['*', ...VERBS], 'the verb');
}

function checkWords(rule: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkThere(rule, key, at, judgement, `the rule has no ${key}`);
  checkWildcard(rule, key, at, judgement);
}

function checkWildcard(rule: JsonObject, key: string, at: Place, judgement: Judgement): void {
  if (isWildcardBesideOthers(rule, key))
    invalid(judgement, at.in(key), rule[key], `"*" means all ${key}, so nothing else may stand beside it`);
}

/** ValidateNonResourceURLPath. */
function urlFault(url: string): string | undefined {
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'does not begin with "/"';
  if (url.includes(' ')) return 'has a space in it';
  if (url.includes('//')) return 'has "//" in it';
  const star = url.indexOf('*');
  return star >= 0 && !(star === url.length - 1 && url.endsWith('/*')) ? 'may have "*" only at its end, after a "/"' : undefined;
}

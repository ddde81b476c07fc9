import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { isWildcardBesideOthers, textsIn } from './texts.ts';

const OPERATIONS = ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const;
/** A policy that changes objects has nothing to change where one is deleted. */
export const MUTABLE_OPERATIONS = ['*', 'CREATE', 'UPDATE', 'CONNECT'] as const;

/** What requests a webhook or a policy wants to see: validateRuleWithOperations. */
export function checkRule(rule: JsonObject, at: Place, judgement: Judgement, operations: readonly string[] = OPERATIONS): void {
  checkWords(rule, 'operations', at, judgement);
  for (const [operation, index] of textsIn(rule, 'operations')) {
    if (!operations.includes(operation)) unsupported(judgement, at.in('operations').in(index), operation, operations, 'the operation');
  }
  checkWords(rule, 'apiGroups', at, judgement);
  checkWords(rule, 'apiVersions', at, judgement);
  for (const [version, index] of textsIn(rule, 'apiVersions'))
    if (version === '') missing(judgement, at.in('apiVersions').in(index), 'the version is empty');
  checkResources(rule, at, judgement);
  checkChoice(rule, 'scope', ['Cluster', 'Namespaced', '*'], at, judgement);
}

function checkWords(rule: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkThere(rule, key, at, judgement, `the rule has no ${key}`);
  if (isWildcardBesideOthers(rule, key))
    invalid(judgement, at.in(key), rule[key], `"*" means all ${key}, so nothing else may stand beside it`);
}

/** Resources and subresources, `pods/*`, `*` `/scale`: what another entry means already may not be there. */
function checkResources(rule: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(rule, 'resources', at, judgement, 'the rule has no resources');
  const place = at.in('resources');
  const withAllSubresources = new Set<string>();
  const ofAllResources = new Set<string>();
  let count = 0;
  let hasAll = false;
  let hasEverything = false;
  // The server looks at the last one without a subresource only.
  let hasPlain = false;
  for (const [resource, index] of textsIn(rule, 'resources')) {
    count++;
    if (resource === '') {
      missing(judgement, place.in(index), 'the resource is empty');
      continue;
    }
    if (resource === '*/*') hasEverything = true;
    if (resource === '*') hasAll = true;
    const slash = resource.indexOf('/');
    if (slash < 0) {
      hasPlain = resource !== '*';
      continue;
    }
    const [owner, subresource] = [resource.slice(0, slash), resource.slice(slash + 1)];
    const other = withAllSubresources.has(owner) ? `${owner}/*` : ofAllResources.has(subresource) ? `*/${subresource}` : undefined;
    if (other !== undefined) invalid(judgement, place.in(index), resource, `${quote(other)} has ${quote(resource)} in it already`);
    if (subresource === '*') withAllSubresources.add(owner);
    if (owner === '*') ofAllResources.add(subresource);
  }
  if (count > 1 && hasEverything) invalid(judgement, place, rule.resources, '"*/*" means everything, so nothing else may stand beside it');
  else if (hasAll && hasPlain)
    invalid(judgement, place, rule.resources, '"*" means all resources, so only subresources may stand beside it');
}

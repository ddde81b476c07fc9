import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';

const GROUP = 'rbac.authorization.k8s.io';

export function checkRole(role: JsonObject, judgement: Judgement): void {
  for (const [rule, index] of objectsIn(role, 'rules')) checkPolicyRule(rule, true, ROOT.in('rules').in(index), judgement);
}

/** ValidateClusterRole; its selectors are judged by their type. */
export function checkClusterRole(role: JsonObject, judgement: Judgement): void {
  for (const [rule, index] of objectsIn(role, 'rules')) checkPolicyRule(rule, false, ROOT.in('rules').in(index), judgement);
  const aggregation = objectIn(role, 'aggregationRule');
  if (aggregation !== undefined && lacks(aggregation, 'clusterRoleSelectors'))
    missing(judgement, ROOT.in('aggregationRule').in('clusterRoleSelectors'), 'an aggregationRule needs at least one clusterRoleSelector');
}

function checkPolicyRule(rule: JsonObject, isNamespaced: boolean, at: Place, judgement: Judgement): void {
  checkThere(rule, 'verbs', at, judgement, 'the rule has no verbs');
  if (listIn(rule, 'nonResourceURLs').length === 0) {
    if (has(rule, 'nonResourceURLs') && !lacks(rule, 'nonResourceURLs')) return;
    checkThere(rule, 'apiGroups', at, judgement, 'the rule has no apiGroups: write "" for the core group, "*" for any');
    checkThere(rule, 'resources', at, judgement, 'the rule has no resources');
    return;
  }
  const place = at.in('nonResourceURLs');
  if (isNamespaced)
    invalid(
      judgement,
      place,
      rule.nonResourceURLs,
      'a Role is of one namespace, and URLs are of none: only a ClusterRole may have nonResourceURLs',
    );
  else if (['apiGroups', 'resources', 'resourceNames'].some((key) => !lacks(rule, key)))
    clash(judgement, place, rule.nonResourceURLs, 'one rule may not have both nonResourceURLs and resources: make two of it');
}

export function checkRoleBinding(binding: JsonObject, judgement: Judgement): void {
  checkBinding(binding, true, judgement);
}

export function checkClusterRoleBinding(binding: JsonObject, judgement: Judgement): void {
  checkBinding(binding, false, judgement);
}

function checkBinding(binding: JsonObject, isNamespaced: boolean, judgement: Judgement): void {
  const role = objectIn(binding, 'roleRef') ?? {};
  const at = ROOT.in('roleRef');
  checkChoice(role, 'apiGroup', [GROUP], at, judgement, 'absent');
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (lacks(role, 'kind')) missing(judgement, at.in('kind'), `the roleRef has no kind: ${kinds.join(' or ')}`);
  else checkChoice(role, 'kind', kinds, at, judgement);
  checkThere(role, 'name', at, judgement, 'the roleRef has no name');
  const name = textIn(role, 'name');
  const fault = name === '' ? undefined : nameFault(name, 'path');
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `the name ${quote(name)} of the role ${fault}`);
  for (const [subject, index] of objectsIn(binding, 'subjects'))
    checkSubject(subject, isNamespaced, ROOT.in('subjects').in(index), judgement);
}

function checkSubject(subject: JsonObject, isNamespaced: boolean, at: Place, judgement: Judgement): void {
  checkThere(subject, 'name', at, judgement, 'the subject has no name');
  const kind = textIn(subject, 'kind');
  if (kind === 'ServiceAccount') {
    const name = textIn(subject, 'name');
    const fault = name === '' ? undefined : nameFault(name, 'subdomain');
    if (fault !== undefined) invalid(judgement, at.in('name'), name, `the name ${quote(name)} of a ServiceAccount ${fault}`);
    const group = textIn(subject, 'apiGroup');
    if (group !== '')
      invalid(judgement, at.in('apiGroup'), group, `a ServiceAccount is of the core group, so its apiGroup is "", not ${quote(group)}`);
    if (!isNamespaced) checkThere(subject, 'namespace', at, judgement, 'the ServiceAccount needs the namespace that it is in');
  } else if (kind === 'User' || kind === 'Group') checkChoice(subject, 'apiGroup', [GROUP], at, judgement, 'absent');
  else if (lacks(subject, 'kind')) missing(judgement, at.in('kind'), 'the subject has no kind: ServiceAccount, User or Group');
  else if (kind !== '') unsupported(judgement, at.in('kind'), kind, ['ServiceAccount', 'User', 'Group'], 'the kind');
}

import { isEqual, type JsonObject } from '@plumbline/core';
import { checkChoice, checkName, checkThere, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { FIXED_SCHEMAS } from './flow-fixed.ts';
import { checkResourceRule, checkUrlRule } from './flow-rules.ts';
import { meaningOf } from './meaning.ts';

const MOST = 10_000;
const DEFAULT_PRECEDENCE = 1000;
const KINDS = ['Group', 'ServiceAccount', 'User'] as const;
/** Where a subject of a kind says whom it means. */
const MEMBERS: Readonly<Record<string, string>> = { Group: 'group', ServiceAccount: 'serviceAccount', User: 'user' };

export function checkFlowSchema(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  const name = textIn(objectIn(object, 'metadata'), 'name');
  checkPrecedence(spec, name, at, judgement);
  const method = objectIn(spec, 'distinguisherMethod');
  if (method !== undefined) {
    const place = at.in('distinguisherMethod');
    checkThere(method, 'type', place, judgement, 'distinguisherMethod has no type: ByNamespace or ByUser');
    checkChoice(method, 'type', ['ByNamespace', 'ByUser'], place, judgement, 'absent');
  }
  const level = objectIn(spec, 'priorityLevelConfiguration') ?? {};
  checkThere(level, 'name', at.in('priorityLevelConfiguration'), judgement, 'the name of a priority level is missing');
  checkName(level, 'name', 'subdomain', at.in('priorityLevelConfiguration'), judgement);
  for (const [rule, index] of objectsIn(spec, 'rules')) checkRule(rule, at.in('rules').in(index), judgement);
  const fixed = Object.hasOwn(FIXED_SCHEMAS, name) ? FIXED_SCHEMAS[name] : undefined;
  if (fixed !== undefined && !judgement.mayGainFields && !isEqual(meaningOf({ matchingPrecedence: DEFAULT_PRECEDENCE, ...spec }), fixed))
    invalid(judgement, at, name, `the spec of ${name} is fixed: the server takes no other`);
}

function checkPrecedence(spec: JsonObject, name: string, at: Place, judgement: Judgement): void {
  const precedence = numberIn(spec, 'matchingPrecedence') || DEFAULT_PRECEDENCE;
  const place = at.in('matchingPrecedence');
  if (precedence < 1 || precedence > MOST)
    invalid(judgement, place, precedence, `matchingPrecedence ${precedence} is not between 1 and ${MOST}`);
  else if (precedence === 1 && name !== 'exempt')
    invalid(judgement, place, precedence, 'only the FlowSchema named "exempt" may have matchingPrecedence 1');
}

function checkRule(rule: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(rule, 'subjects', at, judgement, 'the rule has no subjects');
  for (const [subject, index] of objectsIn(rule, 'subjects')) checkSubject(subject, at.in('subjects').in(index), judgement);
  if (lacks(rule, 'resourceRules') && lacks(rule, 'nonResourceRules'))
    missing(judgement, at, 'the rule has neither resourceRules nor nonResourceRules');
  for (const [one, index] of objectsIn(rule, 'resourceRules')) checkResourceRule(one, at.in('resourceRules').in(index), judgement);
  for (const [one, index] of objectsIn(rule, 'nonResourceRules')) checkUrlRule(one, at.in('nonResourceRules').in(index), judgement);
}

function checkSubject(subject: JsonObject, at: Place, judgement: Judgement): void {
  const kind = textIn(subject, 'kind');
  const member = Object.hasOwn(MEMBERS, kind) ? MEMBERS[kind] : undefined;
  if (member === undefined) {
    if (lacks(subject, 'kind')) missing(judgement, at.in('kind'), `the subject has no kind: ${KINDS.join(', ')}`);
    else if (kind !== '') unsupported(judgement, at.in('kind'), kind, KINDS, 'the kind');
    return;
  }
  for (const other of Object.values(MEMBERS))
    if (other !== member && has(subject, other)) conflict(judgement, at.in(other), `${other} does not go with kind ${kind}`);
  const who = objectIn(subject, member);
  if (who === undefined) {
    if (!has(subject, member)) missing(judgement, at.in(member), `${member} is missing, which kind ${kind} needs`);
    return;
  }
  checkThere(who, 'name', at.in(member), judgement, `${member} has no name`);
  if (member !== 'serviceAccount') return;
  if (textIn(who, 'name') !== '*') checkName(who, 'name', 'subdomain', at.in(member), judgement);
  checkThere(who, 'namespace', at.in(member), judgement, 'the service account has no namespace');
  checkName(who, 'namespace', 'label', at.in(member), judgement);
}

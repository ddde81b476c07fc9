import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, objectIn, textIn } from '../values.ts';
import type { ExpressionScope } from './expression.ts';
import { checkMatchConditions } from './match-conditions.ts';
import { checkMatchResources } from './match-resources.ts';
import { checkMutations } from './policy-mutations.ts';
import { checkValidations } from './policy-validations.ts';
import { checkVariables } from './policy-variables.ts';
import { checkStaticName } from './static-name.ts';

/** validateValidatingAdmissionPolicySpec. */
export function checkValidatingPolicy(policy: JsonObject, judgement: Judgement): void {
  const spec = objectIn(policy, 'spec');
  checkStaticName(policy, judgement);
  if (spec === undefined) return;
  const scope = checkCommon(spec, false, judgement);
  checkValidations(policy, spec, scope, judgement);
}

/** validateMutatingAdmissionPolicySpec. */
export function checkMutatingPolicy(policy: JsonObject, judgement: Judgement): void {
  const spec = objectIn(policy, 'spec');
  checkStaticName(policy, judgement);
  if (spec === undefined) return;
  const scope = checkCommon(spec, true, judgement);
  checkMutations(spec, scope, judgement);
  const at = ROOT.in('spec');
  checkThere(spec, 'reinvocationPolicy', at, judgement, 'reinvocationPolicy is missing: Never or IfNeeded');
  checkChoice(spec, 'reinvocationPolicy', ['Never', 'IfNeeded'], at, judgement, 'absent');
}

/** What both kinds of policies have; gives what their expressions may speak of. */
function checkCommon(spec: JsonObject, isMutating: boolean, judgement: Judgement): ExpressionScope {
  const at = ROOT.in('spec');
  checkChoice(spec, 'failurePolicy', ['Fail', 'Ignore'], at, judgement);
  const params = objectIn(spec, 'paramKind');
  if (params !== undefined) checkParamKind(params, at.in('paramKind'), judgement);
  checkConstraints(spec, isMutating, at, judgement);
  const hasParams = has(spec, 'paramKind');
  checkMatchConditions(spec, at, judgement, hasParams);
  const scope = { hasParams, hasAuthorizer: true, canMutate: false };
  // Where there are no variables, a validating policy does not know the word either.
  return { ...scope, variables: lacks(spec, 'variables') && !isMutating ? undefined : checkVariables(spec, scope, judgement) };
}

function checkConstraints(spec: JsonObject, isMutating: boolean, at: Place, judgement: Judgement): void {
  const place = at.in('matchConstraints');
  const constraints = objectIn(spec, 'matchConstraints');
  if (constraints === undefined) {
    if (!has(spec, 'matchConstraints')) missing(judgement, place, 'matchConstraints is missing, which says what the policy is about');
    return;
  }
  checkMatchResources(constraints, isMutating, place, judgement);
  checkThere(constraints, 'resourceRules', place, judgement, 'resourceRules needs at least one rule, which says what the policy is about');
}

/** validateParamKind. */
function checkParamKind(kind: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(kind, 'apiVersion', at, judgement, 'paramKind has no apiVersion');
  const apiVersion = textIn(kind, 'apiVersion');
  const fault = apiVersion === '' ? undefined : apiVersionFault(apiVersion);
  if (fault !== undefined) invalid(judgement, at.in('apiVersion'), apiVersion, `apiVersion ${quote(apiVersion)} ${fault}`);
  checkThere(kind, 'kind', at, judgement, 'paramKind has no kind');
  const name = textIn(kind, 'kind');
  const ofName = name === '' ? undefined : nameFault(name.toLowerCase(), 'rfc1035');
  if (ofName !== undefined && !lacks(kind, 'kind'))
    invalid(
      judgement,
      at.in('kind'),
      name,
      `kind ${quote(name)} may have only letters, digits and "-", starts with a letter and has at most 63`,
    );
}

function apiVersionFault(apiVersion: string): string | undefined {
  const parts = apiVersion.split('/');
  if (parts.length > 2) return 'has more than one "/"';
  const [group, version] = parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : ['', parts[0] ?? ''];
  const ofGroup = group === '' ? undefined : nameFault(group, 'subdomain');
  if (ofGroup !== undefined) return `has a group that ${ofGroup}`;
  const ofVersion = version === '' ? 'is empty' : nameFault(version, 'rfc1035');
  return ofVersion === undefined ? undefined : `has a version that ${ofVersion}`;
}

import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkName, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';
import { checkMatchResources } from './match-resources.ts';
import { checkStaticName } from './static-name.ts';
import { textsIn } from './texts.ts';

const ACTIONS = ['Audit', 'Deny', 'Warn'] as const;

export function checkValidatingBinding(binding: JsonObject, judgement: Judgement): void {
  const spec = checkCommon(binding, false, judgement);
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkThere(spec, 'validationActions', at, judgement, `validationActions needs at least one of ${ACTIONS.join(', ')}`);
  for (const [action, index] of textsIn(spec, 'validationActions')) {
    const place = at.in('validationActions').in(index);
    if (!ACTIONS.some((one) => one === action)) unsupported(judgement, place, action, ACTIONS, 'the action');
  }
  const actions = listIn(spec, 'validationActions');
  if (actions.includes('Deny') && actions.includes('Warn'))
    clash(judgement, at.in('validationActions'), spec.validationActions, 'Deny says what Warn would say: only one of them may be there');
}

export function checkMutatingBinding(binding: JsonObject, judgement: Judgement): void {
  checkCommon(binding, true, judgement);
}

function checkCommon(binding: JsonObject, isMutating: boolean, judgement: Judgement): JsonObject | undefined {
  checkStaticName(binding, judgement);
  const spec = objectIn(binding, 'spec');
  if (spec === undefined) return undefined;
  const at = ROOT.in('spec');
  checkThere(spec, 'policyName', at, judgement, 'policyName is missing');
  checkName(spec, 'policyName', 'subdomain', at, judgement);
  const params = objectIn(spec, 'paramRef');
  if (params !== undefined) checkParamRef(params, at.in('paramRef'), judgement);
  const resources = objectIn(spec, 'matchResources');
  if (resources !== undefined) checkMatchResources(resources, isMutating, at.in('matchResources'), judgement);
  return spec;
}

/** validateParamRef. */
function checkParamRef(params: JsonObject, at: Place, judgement: Judgement): void {
  const name = textIn(params, 'name');
  const fault = name === '' ? undefined : nameFault(name, 'path');
  if (fault !== undefined) invalid(judgement, at.in('name'), name, `name ${quote(name)} ${fault}`);
  else if (name !== '' && has(params, 'selector')) clash(judgement, at.in('name'), name, 'only one of name and selector may be there');
  if (lacks(params, 'name') && !has(params, 'selector')) missing(judgement, at, 'paramRef has neither a name nor a selector');
  checkThere(params, 'parameterNotFoundAction', at, judgement, 'parameterNotFoundAction is missing: Allow or Deny');
  checkChoice(params, 'parameterNotFoundAction', ['Allow', 'Deny'], at, judgement, 'absent');
}

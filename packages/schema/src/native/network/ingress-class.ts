import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkName, checkThere, conflict } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkGroup } from './ingress.ts';
import { prefixedPathFault } from './prefixed-path.ts';

const LONGEST = 250;
const SPEC = ROOT.in('spec');

/** ValidateIngressClass. */
export function checkIngressClass(ingressClass: JsonObject, judgement: Judgement): void {
  const spec = objectIn(ingressClass, 'spec');
  if (spec === undefined) {
    if (!has(ingressClass, 'spec')) missing(judgement, SPEC.in('controller'), 'controller is missing');
    return;
  }
  checkThere(spec, 'controller', SPEC, judgement, 'controller is missing, such as "example.com/ingress"');
  const controller = textIn(spec, 'controller');
  const fault = controller === '' ? undefined : controllerFault(controller);
  if (fault !== undefined) invalid(judgement, SPEC.in('controller'), controller, `controller ${quote(controller)} ${fault}`);
  const parameters = objectIn(spec, 'parameters');
  if (parameters !== undefined) checkParameters(parameters, SPEC.in('parameters'), judgement);
}

function controllerFault(text: string): string | undefined {
  return byteLength(text) > LONGEST ? `is longer than ${LONGEST} bytes` : prefixedPathFault(text);
}

function checkParameters(parameters: JsonObject, at: Place, judgement: Judgement): void {
  checkGroup(parameters, at, judgement);
  for (const key of ['kind', 'name']) {
    checkThere(parameters, key, at, judgement, `${key} of the parameters is missing`);
    checkName(parameters, key, 'path', at, judgement);
  }
  checkChoice(parameters, 'scope', ['Cluster', 'Namespace'], at, judgement);
  const scope = has(parameters, 'scope') ? textIn(parameters, 'scope') : 'Cluster';
  const place = at.in('namespace');
  if (scope === 'Cluster' && has(parameters, 'namespace')) conflict(judgement, place, 'parameters of scope Cluster have no namespace');
  if (scope !== 'Namespace') return;
  if (!has(parameters, 'namespace')) missing(judgement, place, 'namespace is missing, which parameters of scope Namespace need');
  else if (typeof parameters.namespace === 'string') {
    const fault = nameFault(parameters.namespace, 'label');
    if (fault !== undefined) invalid(judgement, place, parameters.namespace, `namespace ${quote(parameters.namespace)} ${fault}`);
  }
}

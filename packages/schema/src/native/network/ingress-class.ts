import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkName, checkThere, conflict } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkGroup } from './ingress.ts';

const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
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
  const fault = controller === '' ? undefined : prefixedPathFault(controller);
  if (fault !== undefined) invalid(judgement, SPEC.in('controller'), controller, `controller ${quote(controller)} ${fault}`);
  const parameters = objectIn(spec, 'parameters');
  if (parameters !== undefined) checkParameters(parameters, SPEC.in('parameters'), judgement);
}

/** A path with a domain before it. */
function prefixedPathFault(text: string): string | undefined {
  if (byteLength(text) > LONGEST) return `is longer than ${LONGEST} bytes`;
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) return 'is no path with a domain before it, such as "example.com/ingress"';
  const fault = nameFault(text.slice(0, slash), 'subdomain');
  if (fault !== undefined) return `has a domain that ${fault}`;
  return PATH.test(text.slice(slash + 1)) ? undefined : 'has characters that no path of a URL has';
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

import type { JsonObject } from '@plumbline/core';
import { checkThere, lacks } from '../forms.ts';
import { type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { has, objectIn, objectsIn, textIn } from '../values.ts';
import { checkExpression, type ExpressionScope } from './expression.ts';

/** What a MutatingAdmissionPolicy changes: validateMutation. */
export function checkMutations(spec: JsonObject, scope: ExpressionScope, judgement: Judgement): void {
  const at = ROOT.in('spec');
  checkThere(spec, 'mutations', at, judgement, 'the policy has no mutations, so it changes nothing');
  for (const [mutation, index] of objectsIn(spec, 'mutations'))
    checkMutation(mutation, at.in('mutations').in(index), { ...scope, canMutate: true }, judgement);
}

function checkMutation(mutation: JsonObject, at: Place, scope: ExpressionScope, judgement: Judgement): void {
  const type = textIn(mutation, 'patchType');
  if (lacks(mutation, 'patchType')) missing(judgement, at.in('patchType'), 'patchType is missing: ApplyConfiguration or JSONPatch');
  else if (type === 'JSONPatch') checkPatch(mutation, 'jsonPatch', 'applyConfiguration', at, scope, judgement);
  else if (type === 'ApplyConfiguration') checkPatch(mutation, 'applyConfiguration', 'jsonPatch', at, scope, judgement);
  else if (type !== '') unsupported(judgement, at.in('patchType'), type, ['ApplyConfiguration', 'JSONPatch'], 'the patchType');
}

function checkPatch(mutation: JsonObject, key: string, other: string, at: Place, scope: ExpressionScope, judgement: Judgement): void {
  const type = textIn(mutation, 'patchType');
  const patch = objectIn(mutation, key);
  if (patch !== undefined)
    checkExpression(patch, 'expression', at.in(key), judgement, scope, [key === 'jsonPatch' ? 'list(JSONPatch)' : 'Object']);
  else if (!has(mutation, key)) missing(judgement, at.in(key), `${key} is missing, which patchType ${type} needs`);
  if (has(mutation, other)) clash(judgement, at.in(other), mutation[other], `${other} does not go with patchType ${type}`);
}

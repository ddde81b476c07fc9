import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice } from '../forms.ts';
import { duplicate, invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { objectsIn } from '../values.ts';
import { checkRule, MUTABLE_OPERATIONS } from './admission-rules.ts';
import { textsIn } from './texts.ts';

/** validateMatchResources; its selectors are judged by their type. `at`: of the MatchResources. */
export function checkMatchResources(resources: JsonObject, isMutating: boolean, at: Place, judgement: Judgement): void {
  checkChoice(resources, 'matchPolicy', ['Exact', 'Equivalent'], at, judgement);
  for (const key of ['resourceRules', 'excludeResourceRules'])
    for (const [rule, index] of objectsIn(resources, key)) {
      const place = at.in(key).in(index);
      checkNames(rule, place, judgement);
      if (isMutating && key === 'resourceRules') checkRule(rule, place, judgement, MUTABLE_OPERATIONS);
      else checkRule(rule, place, judgement);
    }
}

function checkNames(rule: JsonObject, at: Place, judgement: Judgement): void {
  const seen = new Set<string>();
  for (const [name, index] of textsIn(rule, 'resourceNames')) {
    const place = at.in('resourceNames').in(index);
    const fault = nameFault(name, 'path');
    if (fault !== undefined) invalid(judgement, place, name, `name ${quote(name)} ${fault}`);
    if (seen.has(name)) duplicate(judgement, place, name, `the name ${quote(name)} is there twice`);
    seen.add(name);
  }
}

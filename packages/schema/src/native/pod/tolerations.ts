import type { JsonObject } from '@plumbline/core';
import { isGoodLabel, labelValueFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkLabelKey, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectsIn, textIn } from '../values.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
const OPERATORS = ['Equal', 'Exists'] as const;

/** tolerations of a pod or a RuntimeClass: ValidateTolerations. `at`: of the object that has them. */
export function checkTolerations(spec: JsonObject, at: Place, judgement: Judgement): void {
  for (const [toleration, index] of objectsIn(spec, 'tolerations')) checkToleration(toleration, at.in('tolerations').in(index), judgement);
}

function checkToleration(toleration: JsonObject, at: Place, judgement: Judgement): void {
  const key = textIn(toleration, 'key');
  const operator = textIn(toleration, 'operator');
  const value = textIn(toleration, 'value');
  const effect = textIn(toleration, 'effect');
  if (operator === '' || operator === 'Equal') {
    const fault = labelValueFault(value);
    if (fault !== undefined) invalid(judgement, at.in('value'), value, `value ${quote(value)} ${fault}`, 'meta/label-invalid');
  } else if (operator === 'Exists') {
    if (value !== '')
      conflict(judgement, at.in('value'), 'operator Exists takes no value: drop the value, or compare it with operator Equal', value);
  } else if (operator === 'Lt' || operator === 'Gt') {
    invalid(
      judgement,
      at.in('operator'),
      operator,
      `operator ${operator} is of a feature that is off (TaintTolerationComparisonOperators): use Equal or Exists`,
    );
  } else unsupported(judgement, at.in('operator'), operator, OPERATORS, 'the operator');
  if (key !== '') {
    if (!isGoodLabel(key, '')) checkLabelKey(key, at.in('key'), judgement, 'taint key');
  } else if (operator !== 'Exists' && lacks(toleration, 'key'))
    conflict(
      judgement,
      at.in('operator'),
      'a toleration without a key tolerates every taint, which wants operator Exists',
      operator || undefined,
    );
  if (has(toleration, 'tolerationSeconds') && effect !== 'NoExecute')
    conflict(judgement, at.in('tolerationSeconds'), 'tolerationSeconds goes with effect NoExecute only', effect);
  checkChoice(toleration, 'effect', EFFECTS, at, judgement, 'absent');
}

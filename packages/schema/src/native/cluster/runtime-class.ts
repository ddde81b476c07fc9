import type { JsonObject } from '@plumbline/core';
import { checkName, checkThere } from '../forms.ts';
import { duplicate, type Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { checkNodeLabels } from '../pod/node-selector.ts';
import { checkOverhead } from '../pod/overhead.ts';
import { checkTolerations } from '../pod/tolerations.ts';
import { objectIn, objectsIn, textIn } from '../values.ts';

export function checkRuntimeClass(object: JsonObject, judgement: Judgement): void {
  checkThere(object, 'handler', ROOT, judgement, 'handler is missing');
  checkName(object, 'handler', 'label', ROOT, judgement);
  const amounts = objectIn(objectIn(object, 'overhead'), 'podFixed');
  if (amounts !== undefined) checkOverhead(amounts, ROOT.in('overhead').in('podFixed'), judgement);
  const scheduling = objectIn(object, 'scheduling');
  if (scheduling === undefined) return;
  const at = ROOT.in('scheduling');
  const selector = objectIn(scheduling, 'nodeSelector');
  if (selector !== undefined) checkNodeLabels(selector, at.in('nodeSelector'), judgement);
  checkTolerations(scheduling, at, judgement);
  const seen = new Set<string>();
  for (const [toleration, index] of objectsIn(scheduling, 'tolerations')) {
    const key = JSON.stringify(['key', 'operator', 'value', 'effect'].map((one) => textIn(toleration, one)));
    if (seen.has(key)) duplicate(judgement, at.in('tolerations').in(index), toleration, 'the toleration is there twice');
    seen.add(key);
  }
}

import { isObject, type JsonObject } from '@plumbline/core';
import { type Judgement, missing } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { checkPodTemplate } from '../pod-kinds.ts';
import { has, objectIn } from '../values.ts';
import { checkCount } from './amounts.ts';
import { RUNNING } from './deployment.ts';
import { checkMatch, warnOfName } from './workload-selector.ts';

const SPEC = ROOT.in('spec');

/** ValidateReplicationControllerSpec. The selector is a plain map, and the labels of the template where it is empty. */
export function checkReplicationController(controller: JsonObject, judgement: Judgement): void {
  warnOfName(controller, judgement);
  const spec = objectIn(controller, 'spec');
  if (spec === undefined) return;
  checkCount(spec, 'replicas', SPEC, judgement);
  checkCount(spec, 'minReadySeconds', SPEC, judgement);
  const template = objectIn(spec, 'template');
  const selector = objectIn(spec, 'selector');
  if (selector !== undefined && Object.keys(selector).length > 0) checkMatch({ matchLabels: selector }, spec, SPEC, judgement);
  else if (selector !== undefined || !has(spec, 'selector')) {
    const labels = objectIn(template, 'metadata')?.labels;
    if (template !== undefined && (labels === undefined || labels === null || (isObject(labels) && Object.keys(labels).length === 0)))
      missing(judgement, SPEC.in('selector'), 'selector is missing, and the template has no labels to make it of', 'wl/selector-mismatch');
  }
  checkPodTemplate(template, SPEC.in('template'), judgement, RUNNING);
}

import type { JsonObject } from '@plumbline/core';
import type { Judgement } from './judgement.ts';
import type { NativeCheck } from './native.ts';
import { ROOT } from './place.ts';
import { checkPodSpec } from './pod/pod-spec.ts';
import { checkPodTemplate } from './pod/pod-template.ts';
import { objectIn } from './values.ts';

export { checkPodTemplate, type TemplateOptions } from './pod/pod-template.ts';

/** Pods and pod templates. */
export const POD_KINDS: Readonly<Record<string, NativeCheck>> = {
  '/Pod': checkPod,
  '/PodTemplate': (object, judgement) => checkPodTemplate(objectIn(object, 'template'), ROOT.in('template'), judgement),
};

function checkPod(pod: JsonObject, judgement: Judgement): void {
  const spec = objectIn(pod, 'spec');
  if (spec !== undefined) checkPodSpec(spec, ROOT.in('spec'), judgement, { metadata: objectIn(pod, 'metadata') ?? {} });
}

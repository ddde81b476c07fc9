import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../names.ts';
import { isLeftToLater } from '../placeholder.ts';
import { quote } from '../verdict.ts';
import { type Judgement, warn } from './judgement.ts';
import type { NativeCheck } from './native.ts';
import { ROOT } from './place.ts';
import { checkPodAnnotations } from './pod/pod-annotations.ts';
import { checkPodSpec } from './pod/pod-spec.ts';
import { checkPodTemplate } from './pod/pod-template.ts';
import { objectIn, textIn } from './values.ts';

export { checkPodTemplate, type TemplateOptions } from './pod/pod-template.ts';

/** Pods and pod templates. */
export const POD_KINDS: Readonly<Record<string, NativeCheck>> = {
  '/Pod': checkPod,
  '/PodTemplate': (object, judgement) => checkPodTemplate(objectIn(object, 'template'), ROOT.in('template'), judgement),
};

function checkPod(pod: JsonObject, judgement: Judgement): void {
  const spec = objectIn(pod, 'spec');
  if (spec === undefined) return;
  checkPodSpec(spec, ROOT.in('spec'), judgement, { metadata: objectIn(pod, 'metadata') ?? {} });
  checkPodAnnotations(pod, spec, ROOT, judgement, true);
  warnOfName(pod, judgement);
}

/** A Pod's name is the host name of its containers. */
function warnOfName(pod: JsonObject, judgement: Judgement): void {
  const metadata = objectIn(pod, 'metadata');
  const name = textIn(metadata, 'name');
  // The server adds five characters to a prefix, and cuts it for them.
  const whole = name === '' ? `${textIn(metadata, 'generateName').slice(0, 58)}00000` : name;
  const fault = nameFault(whole, 'label');
  if (fault === undefined || nameFault(whole, 'subdomain') !== undefined || isLeftToLater(whole, judgement.verdict)) return;
  const key = name === '' ? 'generateName' : 'name';
  const message = `${quote(name === '' ? textIn(metadata, key) : name)} becomes a host name, and ${fault}`;
  warn(judgement, ROOT.in('metadata').in(key), message, 'meta/name-invalid');
}

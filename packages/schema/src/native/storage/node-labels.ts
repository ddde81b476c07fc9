import { isObject, type JsonObject } from '@plumbline/core';
import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { objectsIn, textIn } from '../values.ts';

/** Labels of nodes whose use the server warns of, with what took their place: pkg/api/node. In pods and volumes policies/api says it. */
const DEPRECATED: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since 1.14, use "kubernetes.io/arch"',
  'beta.kubernetes.io/os': 'deprecated since 1.14, use "kubernetes.io/os"',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since 1.17, use "topology.kubernetes.io/region"',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since 1.17, use "topology.kubernetes.io/zone"',
  'beta.kubernetes.io/instance-type': 'deprecated since 1.17, use "node.kubernetes.io/instance-type"',
  'app.kubernetes.io/created-by': 'deprecated since 1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since 1.22, use taints and tolerations',
  'node-role.kubernetes.io/master': 'no longer set, use "node-role.kubernetes.io/control-plane"',
};

export function warnOfNodeLabel(label: string, place: Place, judgement: Judgement, part: 'key' | 'value' = 'value'): void {
  const advice = Object.hasOwn(DEPRECATED, label) ? DEPRECATED[label] : undefined;
  if (advice !== undefined) warn(judgement, place, `node label "${label}" is ${advice}`, 'schema/server-warning', { part });
}

/** Those in a label selector. */
export function warnOfNodeLabels(selector: JsonObject, at: Place, judgement: Judgement): void {
  for (const [one, index] of objectsIn(selector, 'matchExpressions'))
    warnOfNodeLabel(textIn(one, 'key'), at.in('matchExpressions').in(index).in('key'), judgement);
  const { matchLabels } = selector;
  if (isObject(matchLabels)) for (const key in matchLabels) warnOfNodeLabel(key, at.in('matchLabels').in(key), judgement, 'key');
}

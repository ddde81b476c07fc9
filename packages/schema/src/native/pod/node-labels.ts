import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';

/** Labels of nodes whose use the server warns of, with what took their place: pkg/api/node. */
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

/** Warns where the label `label` stands under `key` of the object at `at`. */
export function warnOfNodeLabel(label: string, at: Place, key: string, judgement: Judgement): void {
  const advice = Object.hasOwn(DEPRECATED, label) ? DEPRECATED[label] : undefined;
  if (advice === undefined) return;
  warn(
    judgement,
    at.in(key),
    `node label "${label}" is ${advice}`,
    'api/deprecated-annotation',
    key === 'key' || key === 'topologyKey' ? {} : { part: 'key' },
  );
}

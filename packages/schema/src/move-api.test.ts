import { expect, test } from 'vitest';
import { judgeResource, resourceOf } from '../test/schemas.ts';

/** What is offered for a removed or deprecated API in the newest of these versions: nothing, a suggestion, or a safe fix. */
function offered(text: string, versions: readonly string[] = ['1.37']): string {
  for (const one of judgeResource(resourceOf(text), { versions })) {
    if (!('rule' in one) || !('message' in one) || (one.rule !== 'api/removed' && one.rule !== 'api/deprecated')) continue;
    const { fix } = one;
    return fix === undefined ? 'nothing' : `${fix.safe ? 'safe' : 'suggested'}: ${fix.title}`;
  }
  return 'no finding';
}

const budget = (spec: string): string => `{apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a}, spec: ${spec}}`;
const job = (more: string): string =>
  `{apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: a}, spec: {schedule: '* * * * *', ${more} jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}}`;
const deployment = (selector: string): string =>
  `{apiVersion: extensions/v1beta1, kind: Deployment, metadata: {name: a}, spec: {${selector} template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}`;

test.each([
  ['the successor is the same', job(''), 'safe: use batch/v1'],
  ['the successor knows less', job('extra: 1,'), 'nothing'],
  ['the successor refuses it by its own checks', job('concurrencyPolicy: Sometimes,'), 'nothing'],
  ['a budget of some pods', budget('{selector: {matchLabels: {a: b}}}'), 'safe: use policy/v1'],
  ['a budget of no pods, which would be one of all', budget('{selector: {}}'), 'suggested: use policy/v1'],
  ['a budget without a selector', budget('{minAvailable: 1}'), 'suggested: use policy/v1'],
  ['defaults differ', deployment('selector: {matchLabels: {a: b}},'), 'suggested: use apps/v1'],
  ['a field is missing', deployment(''), 'nothing'],
  [
    'fields have moved',
    '{apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: {name: a}, spec: {backend: {serviceName: a, servicePort: 80}}}',
    'nothing',
  ],
  ['another kind', '{apiVersion: v1, kind: Endpoints, metadata: {name: a}}', 'nothing'],
  ['no successor', '{apiVersion: policy/v1beta1, kind: PodSecurityPolicy, metadata: {name: a}}', 'nothing'],
])('%s', (_name, text, expected) => {
  expect(offered(text)).toBe(expected);
});

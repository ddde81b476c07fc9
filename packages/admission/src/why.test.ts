import { toPointer } from '@plumbline/core';
import { expect, test } from 'vitest';
import { OPTIONS, object, request, world } from '../test/given.ts';
import { ask } from './ask.ts';
import { compileValidatingPolicy } from './validating-policy.ts';

const POD = `{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {hostNetwork: true, replicas: 9,
  containers: [{name: a, image: ok/a, ports: [{port: 1}]}, {name: b, image: bad/b, ports: [{port: 2}, {port: 80}]}, {name: c, image: bad/c}]}}`;

/** What an expression that fails looked at, the decisive first. */
function looked(expression: string, variables = ''): readonly string[] {
  const policy = object(
    `{metadata: {name: p}, spec: {paramKind: {apiVersion: v1, kind: ConfigMap}, variables: [${variables}], validations: [{expression: "${expression}"}]}}`,
  );
  const around =
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: limits, namespace: shop}, data: {max: "3"}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop}}';
  const binding = { metadata: { name: 'b' }, spec: { policyName: 'p', validationActions: ['Deny'], paramRef: { name: 'limits' } } };
  const [outcome] = ask(compileValidatingPolicy(policy, OPTIONS), [binding], request({ object: object(POD) }), world(around));
  return (outcome?.decision.why?.() ?? []).map(({ root, path, says }) => `${root}${toPointer(path)}: ${says}`);
}

test.each<[expression: string, expected: readonly string[], variables?: string]>([
  ['object.spec.replicas <= 5', ['object/spec/replicas: object.spec.replicas is 9']],
  [
    'object.spec.replicas <= int(params.data.max)',
    ['object/spec/replicas: object.spec.replicas is 9', 'params/data/max: params.data.max is "3"'],
  ],
  [
    "object.metadata.name == 'web' && object.spec.replicas <= 5",
    ['object/spec/replicas: object.spec.replicas is 9', 'object/metadata/name: object.metadata.name is "web"'],
  ],
  ['!has(object.spec.hostNetwork) || !object.spec.hostNetwork', ['object/spec/hostNetwork: object.spec.hostNetwork is true']],
  ['has(object.spec.serviceAccountName)', ['object/spec/serviceAccountName: object.spec.serviceAccountName is not there']],
  ["object.metadata.labels['app'] == 'x'", ['object/metadata/labels/app: object.metadata.labels.app is "web"']],
  ["object.metadata.?labels[?'app'].orValue('') == 'x'", ['object/metadata/labels/app: object.metadata.labels.app is "web"']],
  [
    "object.spec.containers.all(c, c.image.startsWith('ok/'))",
    ['object/spec/containers/1/image: object.spec.containers[1].image is "bad/b"'],
  ],
  [
    "object.spec.containers.all(c, c.image.startsWith('ok/') && c.name != '')",
    [
      'object/spec/containers/1/image: object.spec.containers[1].image is "bad/b"',
      'object/spec/containers/1/name: object.spec.containers[1].name is "b"',
    ],
  ],
  [
    'object.spec.containers.all(c, c.ports.all(p, p.port < 80))',
    ['object/spec/containers/1/ports/1/port: object.spec.containers[1].ports[1].port is 80'],
  ],
  ["object.spec.containers.exists(c, c.image == 'x')", ['object/spec/containers: object.spec.containers is a list of 3']],
  [
    "variables.cs.all(c, c.image.startsWith('ok/'))",
    ['object/spec/containers/1/image: object.spec.containers[1].image is "bad/b"'],
    '{name: cs, expression: object.spec.containers}',
  ],
  ['variables.twice < 5', ['object/spec/replicas: object.spec.replicas is 9'], '{name: twice, expression: object.spec.replicas * 2}'],
  ['object.spec.nothing.deep == 1', ['object/spec/nothing: object.spec.nothing is not there']],
  ['false', []],
])('%s', (expression, expected, variables) => {
  expect(looked(expression, variables)).toEqual(expected);
});

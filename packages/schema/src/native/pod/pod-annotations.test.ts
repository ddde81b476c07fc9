import { expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { ROOT } from '../place.ts';
import { objectIn } from '../values.ts';
import { checkPodAnnotations } from './pod-annotations.ts';

const SPEC = 'containers: [{name: a, image: b}]';
const said = (key: string, value: string, spec: string, isPod: boolean): string[] =>
  saidOf(
    (object, judgement) => checkPodAnnotations(object, objectIn(object, 'spec') ?? {}, ROOT, judgement, isPod),
    `metadata: {annotations: {${key}: ${value}}}\nspec: {${spec}}`,
  );
const PLACE = `metadata.annotations`;
const COST = 'controller.kubernetes.io/pod-deletion-cost';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/a';

test.each([
  ['kubernetes.io/other', 'x', SPEC],
  ...['"0"', '"-1"', '"2147483647"', '"-007"'].map((cost) => [COST, cost, SPEC]),
  ...['""', '"null"', '"[]"', `'[{"key":"a","operator":"Exists"}]'`].map((list) => [TOLERATIONS, list, SPEC]),
  ['kubernetes.io/config.mirror', 'x', `${SPEC}, nodeName: node`],
  ...['runtime/default', 'docker/default', 'unconfined', 'localhost/a'].map((profile) => [SECCOMP, profile, SPEC]),
  [SECCOMP, 'runtime/default', `${SPEC}, securityContext: {seccompProfile: {type: RuntimeDefault}}`],
  ['container.seccomp.security.alpha.kubernetes.io/x', 'unconfined', SPEC],
  ...['""', 'unconfined', 'localhost/a'].map((profile) => [APPARMOR, profile, SPEC]),
  [
    APPARMOR,
    'localhost/p',
    'containers: [{name: a, image: b, securityContext: {appArmorProfile: {type: Localhost, localhostProfile: p}}}]',
  ],
  [APPARMOR, 'unconfined', `${SPEC}, os: {name: windows}, securityContext: {appArmorProfile: {type: RuntimeDefault}}`],
])('%s: %s is good beside %s', (key = '', value = '', spec = '') => {
  expect(said(key, value, spec, false)).toEqual([]);
});

test.each([
  ...['"+1"', '"01"', '""', 'x', '"2147483648"'].map((cost) => [COST, cost, SPEC]),
  ...['x', '"{}"', '"[1]"', `'[{"key":"a","operator":"Foo"}]'`, `'[{"Key":"a b","operator":"Exists"}]'`].map((list) => [
    TOLERATIONS,
    list,
    SPEC,
  ]),
  ['kubernetes.io/config.mirror', 'x', SPEC],
  ...['x', '""', 'localhost/../a', 'localhost//a'].map((profile) => [SECCOMP, profile, SPEC]),
  [APPARMOR, 'x', SPEC],
  [APPARMOR, 'unconfined', 'containers: [{name: c, image: b}]'],
])('%s: %s is refused beside %s', (key = '', value = '', spec = '') => {
  expect(said(key, value, spec, false)).toEqual([`schema/invalid ${PLACE}["${key}"]`]);
});

test('an annotation and a field that name profiles name the same', () => {
  const pod = 'securityContext: {seccompProfile: {type: Localhost, localhostProfile: a}, appArmorProfile: {type: Unconfined}}';
  expect(said(SECCOMP, 'localhost/b', `${SPEC}, ${pod}`, true)).toEqual(['schema/invalid spec.securityContext.seccompProfile.type']);
  expect(said(SECCOMP, 'localhost/a', `${SPEC}, ${pod}`, true)).toEqual([]);
  // In a Pod the server makes a field of the annotation, which then wins over the one of the pod.
  const apart = ['schema/invalid spec.containers[0].securityContext.appArmorProfile.type'];
  expect(said(APPARMOR, 'runtime/default', `${SPEC}, ${pod}`, false)).toEqual(apart);
  expect(said(APPARMOR, 'runtime/default', `${SPEC}, ${pod}`, true)).toEqual([]);
  expect(said(APPARMOR, '""', `${SPEC}, ${pod}`, true)).toEqual(apart);
});

test('a mirrored pod has no claims', () => {
  const spec = `${SPEC}, nodeName: node, resourceClaims: [{name: a, resourceClaimName: b}]`;
  expect(said('kubernetes.io/config.mirror', 'x', spec, true)).toEqual(['schema/invalid spec.resourceClaims']);
  expect(said('kubernetes.io/config.mirror', 'x', spec, false)).toEqual([]);
});

import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/native-lines.ts';
import { saidOfContainer, TEMPLATE } from '../../../test/pod-lines.ts';
import { ROOT } from '../place.ts';
import { checkPodSpec } from './pod-spec.ts';

const VOLUMES = 'volumes: [{name: data, emptyDir: {}}, {name: claim, persistentVolumeClaim: {claimName: c}}]';
const of = (mounts: string): string[] =>
  saidOfContainer(`volumeMounts: [${mounts}]`, VOLUMES).map((line) => line.replace('volumeMounts', 'm'));

test.each([
  '{name: data, mountPath: /a}, {name: data, mountPath: /b, subPath: a..b/c}',
  '{name: data, mountPath: a:b, subPathExpr: $(A)/b, mountPropagation: HostToContainer}',
  '{name: data, mountPath: /a, readOnly: true, recursiveReadOnly: Enabled, mountPropagation: None}',
  '{name: data, mountPath: /a, recursiveReadOnly: Disabled}',
])('%s is good', (mounts) => {
  expect(of(mounts)).toEqual([]);
});

test.each([
  ['{name: dta, mountPath: /a}', 'wl/volume-unmounted m[0].name'],
  ['{mountPath: /a}', 'schema/missing-required m[0].name'],
  ['{name: data}', 'schema/missing-required m[0].mountPath'],
  ['{name: data, mountPath: /a}, {name: claim, mountPath: /a}', 'wl/volume-unmounted m[1].mountPath'],
  ['{name: data, mountPath: /a, subPath: /b}', 'schema/invalid m[0].subPath'],
  ['{name: data, mountPath: /a, subPath: a/../b}', 'schema/invalid m[0].subPath'],
  ['{name: data, mountPath: /a, subPath: a, subPathExpr: b}', 'schema/invalid m[0].subPathExpr'],
  ['{name: data, mountPath: /a, mountPropagation: none}', 'schema/enum-case m[0].mountPropagation'],
  ['{name: data, mountPath: /a, mountPropagation: Bidirectional}', 'schema/invalid m[0].mountPropagation'],
  ['{name: data, mountPath: /a, recursiveReadOnly: Enabled}', 'schema/invalid m[0].recursiveReadOnly'],
  [
    '{name: data, mountPath: /a, readOnly: true, recursiveReadOnly: IfPossible, mountPropagation: HostToContainer}',
    'schema/invalid m[0].recursiveReadOnly',
  ],
])('%s is refused', (mounts, ...lines) => {
  expect(of(mounts)).toEqual(lines);
});

test('a privileged container may hand its mounts on', () => {
  const members = 'volumeMounts: [{name: data, mountPath: /a, mountPropagation: Bidirectional}], securityContext: {privileged: true}';
  expect(saidOfContainer(members, VOLUMES)).toEqual([]);
});

test.each([
  ['{name: claim, devicePath: /dev/x}', []],
  ['{name: data, devicePath: /dev/x}', ['schema/invalid volumeDevices[0].name']],
  ['{name: other, devicePath: /dev/x}', ['wl/volume-unmounted volumeDevices[0].name']],
  ['{name: claim, devicePath: /dev/../x}', ['schema/invalid volumeDevices[0].devicePath']],
  ['{name: claim}', ['schema/missing-required volumeDevices[0].devicePath']],
  [
    '{name: claim, devicePath: /x}, {name: claim, devicePath: /x}',
    ['wl/volume-unmounted volumeDevices[1].devicePath', 'wl/volume-unmounted volumeDevices[1].name'],
  ],
])('devices %s', (devices, lines) => {
  expect(saidOfContainer(`volumeDevices: [${devices}]`, VOLUMES)).toEqual(lines);
});

test('what is mounted is no device', () => {
  const members = 'volumeMounts: [{name: claim, mountPath: /a}], volumeDevices: [{name: claim, devicePath: /a}]';
  expect(saidOfContainer(members, VOLUMES)).toEqual(['schema/invalid volumeMounts[0].name', 'schema/invalid volumeMounts[0].mountPath']);
});

test('the volume that was meant is named', () => {
  const spec = `${VOLUMES}\ncontainers: [{name: a, image: b, volumeMounts: [{name: dta, mountPath: /a}]}]`;
  expect(messagesOf((object, judgement) => checkPodSpec(object, ROOT.in('spec'), judgement, TEMPLATE), spec)).toEqual([
    'the pod has no volume "dta", did you mean "data"?',
  ]);
});

test('a volume that a StatefulSet claims, a build adds or a variable names may be mounted', () => {
  const mount = 'volumeMounts: [{name: x, mountPath: /a}]';
  expect(saidOfContainer(mount, '', {}, { claims: ['x'] })).toEqual([]);
  expect(saidOfContainer(mount, '', { mayGainFields: true })).toEqual(['wl/volume-unmounted skipped']);
  expect(saidOfContainer(mount, `volumes: [{name: "\${A}", emptyDir: {}}]`, { isFilledIn: true })).toContain('wl/volume-unmounted skipped');
});

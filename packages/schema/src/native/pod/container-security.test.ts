import { expect, test } from 'vitest';
import { saidOfContainer } from '../../../test/pod-lines.ts';

const of = (context: string, spec = ''): string[] =>
  saidOfContainer(`securityContext: {${context}}`, spec).map((line) => line.replace('securityContext.', ''));

test.each([
  ['runAsUser: 0, runAsGroup: 2147483647, privileged: true, allowPrivilegeEscalation: true', []],
  ['allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN]}', []],
  ['seccompProfile: {type: Localhost, localhostProfile: a}, appArmorProfile: {type: Unconfined}, procMount: Default', []],
  ['runAsUser: -1, runAsGroup: 2147483648', ['schema/invalid runAsUser', 'schema/invalid runAsGroup']],
  ['allowPrivilegeEscalation: false, privileged: true', ['k8s/privilege-contradiction allowPrivilegeEscalation']],
  ['allowPrivilegeEscalation: false, capabilities: {add: [A, CAP_SYS_ADMIN]}', ['k8s/privilege-contradiction allowPrivilegeEscalation']],
  ['procMount: default', ['schema/enum-case procMount']],
  ['procMount: Unmasked', ['schema/invalid procMount']],
  ['seccompProfile: {type: Localhost}', ['schema/missing-required seccompProfile.localhostProfile']],
  ['appArmorProfile: {type: RuntimeDefault, localhostProfile: a}', ['schema/invalid appArmorProfile.localhostProfile']],
  ['windowsOptions: {runAsUserName: ""}', ['schema/invalid windowsOptions.runAsUserName']],
])('%s', (context, lines) => {
  expect(of(context)).toEqual(lines);
});

test('procMount may be unmasked where the pod has users of its own', () => {
  expect(of('procMount: Unmasked', 'hostUsers: false')).toEqual([]);
});

test('a build may still take the contradiction away', () => {
  expect(saidOfContainer('securityContext: {allowPrivilegeEscalation: false, privileged: true}', '', { mayGainFields: true })).toEqual([
    'k8s/privilege-contradiction skipped',
  ]);
});

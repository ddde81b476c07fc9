import { expect, test } from 'vitest';
import { type Around, saidOf } from '../../../test/native-lines.ts';
import { ROOT } from '../place.ts';
import { checkPodLevel } from './pod-level.ts';

const of = (spec: string, around: Around = {}): string[] =>
  saidOf((object, judgement) => checkPodLevel(object, ROOT.in('spec'), judgement), spec, around);
const WINDOWS = 'os: {name: windows}';

test.each([
  'restartPolicy: ""\ndnsPolicy: Default\nhostname: a\nsubdomain: b\nserviceAccountName: a.b\nactiveDeadlineSeconds: 1',
  'dnsPolicy: None\ndnsConfig: {nameservers: [1.2.3.4, "::1"], searches: [., a_b.c., _d.e], options: [{name: ndots}]}',
  'hostAliases: [{ip: "::ffff", hostnames: [a.b]}]',
  'securityContext: {runAsUser: 0, fsGroup: 2147483647, supplementalGroups: [1], fsGroupChangePolicy: OnRootMismatch, seLinuxChangePolicy: MountOption}',
  'securityContext: {sysctls: [{name: net.core.somaxconn}, {name: kernel.sem}], seccompProfile: {type: Localhost, localhostProfile: a/b}}',
  'hostNetwork: true\nsecurityContext: {sysctls: [{name: kernel.sem}]}',
  'securityContext: {appArmorProfile: {type: Localhost, localhostProfile: a b}}',
  `${WINDOWS}\nhostNetwork: true\nsecurityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}}\ncontainers: [{}]`,
  'os: {name: linux}\nsecurityContext: {fsGroup: 1}',
  'hostUsers: false\nhostNetwork: false\ncontainers: [{}]',
  'hostnameOverride: a.b\nsetHostnameAsFQDN: false',
  'resourceClaims: [{name: a, resourceClaimName: b.c}, {name: d, resourceClaimTemplateName: e}]',
])('%s is good', (spec) => {
  expect(of(spec)).toEqual([]);
});

test.each([
  ['restartPolicy: always', 'schema/enum-case spec.restartPolicy'],
  ['preemptionPolicy: ""', 'schema/invalid spec.preemptionPolicy'],
  ['activeDeadlineSeconds: 0', 'schema/invalid spec.activeDeadlineSeconds'],
  [
    'hostname: a.b\nsubdomain: C\nserviceAccountName: d_e',
    'schema/invalid spec.hostname',
    'schema/invalid spec.subdomain',
    'schema/invalid spec.serviceAccountName',
  ],
  ['serviceAccount: a_b', 'schema/invalid spec.serviceAccount'],
  ['runtimeClassName: ""', 'schema/invalid spec.runtimeClassName'],
  ['hostnameOverride: a\nhostNetwork: true', 'schema/invalid spec.hostnameOverride'],
  [`hostnameOverride: ${'a'.repeat(65)}`, 'schema/invalid spec.hostnameOverride'],
  ['shareProcessNamespace: true\nhostPID: true', 'schema/invalid spec.shareProcessNamespace'],
  ['dnsPolicy: none', 'schema/enum-case spec.dnsPolicy'],
  ['dnsPolicy: None', 'schema/missing-required spec.dnsConfig'],
  ['dnsPolicy: None\ndnsConfig: {searches: [a]}', 'schema/missing-required spec.dnsConfig.nameservers'],
  [
    'dnsConfig: {nameservers: [1.2.3.4, 1.2.3, 01.2.3.4, "::ffff:1.2.3.4"]}',
    'schema/invalid spec.dnsConfig.nameservers',
    'schema/format spec.dnsConfig.nameservers[1]',
    'schema/format spec.dnsConfig.nameservers[2]',
    'schema/format spec.dnsConfig.nameservers[3]',
  ],
  [
    'dnsConfig: {searches: [A, ""], options: [{value: x}]}',
    'schema/invalid spec.dnsConfig.searches[0]',
    'schema/invalid spec.dnsConfig.searches[1]',
    'schema/missing-required spec.dnsConfig.options[0].name',
  ],
  ['hostAliases: [{ip: a, hostnames: [b_c]}]', 'schema/format spec.hostAliases[0].ip', 'schema/invalid spec.hostAliases[0].hostnames[0]'],
  [
    'securityContext: {runAsUser: -1, runAsGroup: 2147483648, supplementalGroups: [1, -1]}',
    'schema/invalid spec.securityContext.runAsUser',
    'schema/invalid spec.securityContext.runAsGroup',
    'schema/invalid spec.securityContext.supplementalGroups[1]',
  ],
  [
    'securityContext: {fsGroupChangePolicy: always, supplementalGroupsPolicy: X, seLinuxChangePolicy: Z}',
    'schema/enum-case spec.securityContext.fsGroupChangePolicy',
    'schema/invalid spec.securityContext.supplementalGroupsPolicy',
    'schema/invalid spec.securityContext.seLinuxChangePolicy',
  ],
  [
    'securityContext: {sysctls: [{name: a..b}, {name: c}, {name: c}]}',
    'schema/invalid spec.securityContext.sysctls[0].name',
    'schema/invalid spec.securityContext.sysctls[2].name',
  ],
  [
    'hostNetwork: true\nhostIPC: true\nsecurityContext: {sysctls: [{name: net/core/x}, {name: kernel.shmall}, {name: fs.mqueue.a}, {name: vm.x}]}',
    'schema/invalid spec.securityContext.sysctls[0].name',
    'schema/invalid spec.securityContext.sysctls[1].name',
    'schema/invalid spec.securityContext.sysctls[2].name',
  ],
  [
    'securityContext: {seccompProfile: {type: Localhost}, appArmorProfile: {}}',
    'schema/missing-required spec.securityContext.seccompProfile.localhostProfile',
    'schema/missing-required spec.securityContext.appArmorProfile.type',
  ],
  [
    'securityContext: {seccompProfile: {type: Unconfined, localhostProfile: a}}',
    'schema/invalid spec.securityContext.seccompProfile.localhostProfile',
  ],
  [
    'securityContext: {seccompProfile: {type: Localhost, localhostProfile: /a}, appArmorProfile: {type: Localhost, localhostProfile: " a"}}',
    'schema/invalid spec.securityContext.seccompProfile.localhostProfile',
    'schema/invalid spec.securityContext.appArmorProfile.localhostProfile',
  ],
  [
    'securityContext: {windowsOptions: {gmsaCredentialSpecName: A, gmsaCredentialSpec: "", runAsUserName: "a\\\\b\\\\c"}}',
    'schema/invalid spec.securityContext.windowsOptions.gmsaCredentialSpecName',
    'schema/invalid spec.securityContext.windowsOptions.gmsaCredentialSpec',
    'schema/invalid spec.securityContext.windowsOptions.runAsUserName',
  ],
  ['os: {name: Linux}', 'schema/enum-case spec.os.name'],
  [
    'os: {name: linux}\ncontainers: [{securityContext: {windowsOptions: {}}}]',
    'schema/invalid spec.containers[0].securityContext.windowsOptions',
  ],
  [
    `${WINDOWS}\nhostPID: true\nhostUsers: true\nsecurityContext: {fsGroup: 1}\ninitContainers: [{securityContext: {runAsUser: 1}}]`,
    'schema/invalid spec.securityContext.fsGroup',
    'schema/invalid spec.hostUsers',
    'schema/invalid spec.hostPID',
    'schema/invalid spec.initContainers[0].securityContext.runAsUser',
  ],
  [
    'securityContext: {windowsOptions: {hostProcess: true}}\ncontainers: [{}, {securityContext: {windowsOptions: {hostProcess: false}}}]',
    'schema/invalid spec.containers[1].securityContext.windowsOptions.hostProcess',
    'schema/invalid spec.containers',
    'schema/invalid spec.hostNetwork',
  ],
  [
    'hostUsers: false\nhostIPC: true\ncontainers: [{volumeDevices: [{}]}]',
    'schema/invalid spec.hostIPC',
    'schema/invalid spec.containers[0].volumeDevices',
  ],
  [
    'resourceClaims: [{name: a}, {name: a, resourceClaimName: B, resourceClaimTemplateName: c}]',
    'schema/missing-required spec.resourceClaims[0].resourceClaimName',
    'schema/invalid spec.resourceClaims[1].resourceClaimTemplateName',
    'schema/invalid spec.resourceClaims[1].resourceClaimName',
  ],
])('%s', (spec, ...wanted) => {
  expect(of(spec)).toEqual(wanted);
});

test.each([
  ['{cpu: 1, memory: 1Gi, hugepages-2Mi: 4Mi, a.b/c: 1}'],
  [
    '{cpus: 1, memory: -1, a.b/c: 500m}',
    'schema/invalid spec.overhead.cpus',
    'schema/invalid spec.overhead.memory',
    'schema/invalid spec.overhead["a.b/c"]',
  ],
  ['{hugepages-2Mi: 3Mi}', 'schema/invalid spec.overhead.hugepages-2Mi', 'schema/invalid spec.overhead'],
  ['{memory: 100m}', 'schema/server-warning spec.overhead.memory (server-warning)'],
])('overhead %s', (overhead, ...wanted) => {
  expect(of(`overhead: ${overhead}`)).toEqual(wanted);
});

test.each([
  ['NT AUTHORITY\\\\SYSTEM', 0],
  ['user', 0],
  ['DOMAIN\\\\', 1],
  ['.dom\\\\u', 1],
  ['...', 1],
  ['a@b', 1],
  ['a\\tb', 1],
  ['x'.repeat(105), 1],
])('runAsUserName "%s"', (name, count) => {
  expect(of(`securityContext: {windowsOptions: {runAsUserName: "${name}"}}`)).toHaveLength(count);
});

test.each([
  ['imagePullSecrets: [{name: a}, {}]', 'imagePullSecrets[1].name'],
  ['hostAliases: [{ip: "::0001", hostnames: [a]}]', 'hostAliases[0].ip'],
])('%s is warned of', (spec, path) => {
  expect(of(spec)).toEqual([`schema/server-warning spec.${path} (server-warning)`]);
});

test('what an earlier minor takes or drops', () => {
  expect(of('dnsConfig: {nameservers: [01.2.3.4]}', { minor: 35 })).toEqual([
    'schema/server-warning spec.dnsConfig.nameservers[0] (server-warning)',
  ]);
  expect(of('securityContext: {seLinuxChangePolicy: MountOption}', { minor: 36 })).toEqual([
    'schema/invalid spec.securityContext.seLinuxChangePolicy',
  ]);
  expect(of('hostnameOverride: A', { minor: 34 })).toEqual([]);
  expect(of('resourceClaims: [{name: a}]', { minor: 33 })).toEqual([]);
});

import { expect, test } from 'vitest';
import { fixesOfContainer, saidOfContainer, saidOfSpec, TEMPLATE } from '../../../test/pod-lines.ts';

const ONE = 'containers: [{name: a, image: b}]';
const init = (members: string): string => `${ONE}\ninitContainers: [{name: i, image: b, ${members}}]`;

test.each([
  ONE,
  'containers: [{name: a, image: b}, {name: c, image: " "}]'.replace('" "', 'b@sha256:x'),
  'containers: [{name: a, image: b, imagePullPolicy: "", terminationMessagePolicy: null}]',
  'containers: [{name: a, image: b, restartPolicy: Never}, {name: c, image: b, restartPolicy: OnFailure}]',
  init('restartPolicy: Always, livenessProbe: {httpGet: {port: 80}}, lifecycle: {preStop: {exec: {command: [a]}}}'),
  init('lifecycle: {stopSignal: SIGTERM}'),
  init('restartPolicy: Never'),
  `${ONE}\nephemeralContainers: []`,
  init('resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]'),
  'containers: [{name: a, image: b, restartPolicy: Always, restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: [1]}}]}]',
])('%s is good', (spec) => {
  expect(saidOfSpec(spec)).toEqual([]);
});

test.each([
  ['containers: []', 'schema/missing-required spec.containers'],
  ['initContainers: []', 'schema/missing-required spec.containers'],
  ['containers: [null]', 'schema/missing-required spec.containers[0].name', 'schema/missing-required spec.containers[0].image'],
  ['containers: [{name: a}]', 'schema/missing-required spec.containers[0].image'],
  ['containers: [{name: A, image: b}]', 'meta/name-invalid spec.containers[0].name'],
  ['containers: [{name: a, image: "b "}]', 'img/reference-invalid spec.containers[0].image'],
  ['containers: [{name: a, image: b}, {name: a, image: b}]', 'wl/duplicate-container-name spec.containers[1].name'],
  [init('').replace('name: i', 'name: a'), 'wl/duplicate-container-name spec.initContainers[0].name'],
  [`${ONE}\nephemeralContainers: [{name: x, image: b}]`, 'k8s/ephemeral-containers spec.ephemeralContainers'],
  [init('livenessProbe: {httpGet: {port: 0}}'), 'schema/invalid spec.initContainers[0].livenessProbe'],
  [init('lifecycle: {}'), 'schema/invalid spec.initContainers[0].lifecycle'],
  [init('lifecycle: {stopSignal: SIGTERM, preStop: {sleep: {seconds: 1}}}'), 'schema/invalid spec.initContainers[0].lifecycle'],
  [init('restartPolicy: always'), 'schema/enum-case spec.initContainers[0].restartPolicy'],
  [
    init('resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]'),
    'schema/invalid spec.initContainers[0].resizePolicy[0].restartPolicy',
  ],
])('%s is refused', (spec, ...lines) => {
  expect(saidOfSpec(spec)).toEqual(lines);
});

test.each([
  ['imagePullPolicy: a/b', 'schema/invalid imagePullPolicy'],
  ['terminationMessagePolicy: file', 'schema/enum-case terminationMessagePolicy'],
  ['restartPolicyRules: [{action: Restart, exitCodes: {operator: In}}]', 'schema/missing-required restartPolicy'],
  [
    'restartPolicy: Never, restartPolicyRules: [{action: x}, {exitCodes: {operator: in}}]',
    'schema/invalid restartPolicyRules[0].action',
    'schema/missing-required restartPolicyRules[0].exitCodes',
    'schema/missing-required restartPolicyRules[1].action',
    'schema/enum-case restartPolicyRules[1].exitCodes.operator',
  ],
  [
    `restartPolicy: Never, restartPolicyRules: [${'{action: Restart, exitCodes: {operator: In}},'.repeat(21)}]`,
    'schema/invalid restartPolicyRules',
  ],
  [
    'resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: cpu, restartPolicy: x}, {}]',
    'schema/list-map-duplicate resizePolicy[1]',
    'schema/invalid resizePolicy[1].restartPolicy',
    'schema/missing-required resizePolicy[2].resourceName',
    'schema/missing-required resizePolicy[2].restartPolicy',
  ],
])('a container with %s is refused', (members, ...lines) => {
  expect(saidOfContainer(members)).toEqual(lines);
});

test('white space around an image is let be in a template', () => {
  expect(saidOfSpec('containers: [{name: a, image: " "}]', {}, TEMPLATE)).toEqual([]);
});

test('white space around an image is taken away, where something is left', () => {
  const path = ['spec', 'containers', 0, 'image'];
  const changes = [{ op: 'replace', path, before: 'c ', after: 'c' }];
  expect(fixesOfContainer('"image": "c "')).toEqual([{ title: 'remove the white space', safe: true, changes }]);
  expect(fixesOfContainer('"image": " "')).toEqual([]);
});

test('nothing is restarted where the pod is not', () => {
  const resize = 'resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]';
  expect(saidOfContainer(resize, 'restartPolicy: Never')).toEqual(['schema/invalid resizePolicy[0].restartPolicy']);
  expect(saidOfContainer(resize, 'restartPolicy: OnFailure')).toEqual([]);
});

test('restart policies of containers came by and by', () => {
  const never = 'restartPolicy: Never';
  const rules = 'restartPolicy: Always, restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In}}]';
  expect(saidOfContainer(never, '', { minor: 33 })).toEqual(['ha/restart-policy restartPolicy']);
  expect(saidOfContainer(never, '', { minor: 34 })).toEqual([]);
  expect(saidOfContainer(rules, '', { minor: 34 })).toEqual([]);
  expect(saidOfContainer(rules, '', { minor: 35 })).toEqual(['schema/invalid restartPolicyRules[0].action']);
  expect(saidOfSpec(init(never), { minor: 33 })).toEqual(['schema/invalid spec.initContainers[0].restartPolicy']);
  expect(saidOfSpec(init(rules), { minor: 35 })).toEqual(['schema/invalid spec.initContainers[0].restartPolicyRules']);
  expect(saidOfSpec(init(rules), { minor: 36 })).toEqual([]);
});

test('what a build may still add or change is left alone', () => {
  expect(saidOfSpec('{}', { mayGainFields: true })).toEqual(['schema/missing-required skipped']);
  expect(saidOfSpec(init('livenessProbe: {httpGet: {port: 80}}'), { mayGainFields: true })).toEqual(['schema/invalid skipped']);
});

test('names with variables are left to later', () => {
  const pod = `containers: [{name: "\${A}", image: "\${B}"}, {name: "\${A}", image: b}]`;
  expect(saidOfSpec(pod, { isFilledIn: true })).toEqual(['meta/name-invalid skipped', 'wl/duplicate-container-name skipped']);
  expect(saidOfSpec(pod)).toEqual(['meta/name-invalid spec.containers[0].name', 'meta/name-invalid spec.containers[1].name']);
});

test('seconds below nought are warned of in a template, and are one in a Pod', () => {
  const spec = `${ONE}\nterminationGracePeriodSeconds: -1`;
  expect(saidOfSpec(spec)).toEqual([]);
  expect(saidOfSpec(spec, {}, TEMPLATE)).toEqual(['schema/server-warning spec.terminationGracePeriodSeconds (server-warning)']);
});

test.each([
  ['volumeMounts: [{name: v, mountPath: /a, mountPropagation: Bidirectional}], securityContext: {privileged: $V}', ''],
  ['volumeMounts: [{name: v, mountPath: /a, recursiveReadOnly: Enabled, readOnly: $V}]', ''],
  ['volumeMounts: [{name: v, mountPath: /a, recursiveReadOnly: Enabled, readOnly: true, mountPropagation: $V}]', ''],
  ['volumeMounts: [{name: other, mountPath: /a}]', 'volumes: $V'],
  ['securityContext: {procMount: Unmasked}', 'hostUsers: $V'],
  ['ports: [{containerPort: $V, hostPort: 80}]', 'hostNetwork: true'],
  ['lifecycle: {preStop: {sleep: {seconds: 60}}}', 'terminationGracePeriodSeconds: $V'],
  ['resources: {requests: {cpu: 2}, limits: {cpu: $V}}', ''],
  ['resources: {claims: [{name: a}]}', 'resourceClaims: $V'],
  ['', 'initContainers: [{name: i, image: b, restartPolicy: $V, livenessProbe: {httpGet: {port: $V}}}]'],
])('a variable may make %s good', (members, spec) => {
  const later = (text: string): string => text.replaceAll('$V', `"\${V}"`);
  const volumes = spec.includes('volumes') ? '' : '\nvolumes: [{name: v}]';
  const said = saidOfContainer(later(members), `${later(spec)}${volumes}`, { isFilledIn: true });
  expect(said.filter((line) => !line.endsWith('skipped'))).toEqual([]);
});

import { expect, test } from 'vitest';
import { judgeResource, linesOf, resourceOf } from '../test/schemas.ts';

const deployment = (spec: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
${spec}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx:1
`;

test('a valid object has nothing said of it', () => {
  expect(linesOf(deployment('  replicas: 2'))).toEqual([]);
});

test('a misspelt field is named with the one that was meant', () => {
  expect(linesOf(deployment('  replica: 2'))).toEqual([
    'schema/unknown-field spec.replica: unknown field "replica", did you mean "replicas"?',
  ]);
});

test('a field one level too high or too low is told where it belongs', () => {
  expect(linesOf(deployment('  containers: []'))).toEqual([
    'schema/unknown-field spec.containers: unknown field "containers": it belongs in spec.template.spec',
  ]);
  const low = deployment('').replace('image: nginx:1', 'image: nginx:1\n        restartPolicy2: x\n        nodeName: a');
  expect(linesOf(low)[1]).toBe(
    'schema/unknown-field spec.template.spec.containers[0].nodeName: unknown field "nodeName": it belongs in spec.template.spec',
  );
});

test('a number where text is wanted comes with the quotes, a quoted number without', () => {
  expect(linesOf(deployment('  replicas: "2"'))).toEqual(['schema/wrong-type spec.replicas: "2" is not an integer']);
  const [problem] = judgeResource(resourceOf(deployment('  replicas: "2"')));
  expect(problem).toMatchObject({ fix: { safe: true, changes: [{ op: 'replace', path: ['spec', 'replicas'], after: 2 }] } });
  const map = (data: string): unknown[] =>
    judgeResource(resourceOf(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: ${data}\n`));
  expect(map('8080')).toMatchObject([
    { message: '8080 is not a string', fix: { safe: true, edits: [{ line: 5, column: 6, endColumn: 10, newText: '"8080"' }] } },
  ]);
  expect(map('1.10')).toMatchObject([
    { message: '1.10, which YAML reads as 1.1, is not a string', fix: { edits: [{ newText: '"1.10"' }] } },
  ]);
  expect(map('yes')).toMatchObject([{ message: 'yes, which YAML reads as true, is not a string', fix: { edits: [{ newText: '"yes"' }] } }]);
  expect(map('{b: c}')).toMatchObject([{ message: 'an object is not a string' }]);
});

test('of one value one thing is said: what is refused is not warned of, what has the wrong type is not missing', () => {
  const service = (ip: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {externalIPs: ["${ip}"], ports: [{port: 80}]}\n`;
  // That the field is deprecated is another thing.
  const ofIp = (ip: string): readonly string[] => linesOf(service(ip)).filter((line) => line.includes('externalIPs[0]'));
  expect(ofIp('01.2.3.4')).toEqual(['schema/format spec.externalIPs[0]: external IP "01.2.3.4" has leading zeros']);
  expect(ofIp('2001:0db8::1')).toEqual([
    'schema/server-warning spec.externalIPs[0]: IP address "2001:0db8::1" is not in its usual form: write 2001:db8::1 (server-warning)',
  ]);
  expect(
    linesOf('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {matchLabels: {a: b}}, template: []}\n'),
  ).toEqual(['schema/wrong-type spec.template: a list is not an object']);
});

test('the contents of a Secret are in no message and no fix', () => {
  const found = judgeResource(
    resourceOf('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: "hunter2!"}\nstringData: {b: 90210}\n'),
  );
  expect(found).toMatchObject([{ message: 'the value is not base64' }, { message: 'the value is not a string' }]);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|90210/);
});

test('all problems of an object are said, not the first one', () => {
  expect(linesOf(deployment('  replicas: no\n  paused: maybe\n  strategy: {type: recreate}'))).toEqual([
    'schema/wrong-type spec.replicas: false is not an integer',
    'schema/wrong-type spec.paused: "maybe" is not a boolean',
    'schema/enum-case spec.strategy.type: "recreate" is none of Recreate, RollingUpdate, did you mean "Recreate"?',
  ]);
});

test('what is required is missed, also when it is empty or null', () => {
  expect(linesOf('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {}\n')).toEqual([
    'schema/missing-required spec.selector: field "selector" is missing in spec',
    'schema/missing-required spec.template: field "template" is missing in spec',
  ]);
  expect(linesOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n')).toEqual([
    'schema/missing-required spec.containers: required field "containers" is empty, which counts as missing',
  ]);
  expect(linesOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: }\n')).toEqual([
    'schema/missing-required spec.containers: field "containers" is missing in spec',
  ]);
});

test('a build that was not run may still add what is missing', () => {
  const unit = {
    id: 'x',
    kind: 'kustomization' as const,
    root: 'x',
    versions: [],
    state: 'unbuilt' as const,
    mayAdd: { fields: true, namespace: true, resources: false },
  };
  expect(linesOf('apiVersion: apps/v1\nkind: Deployment\nmetadata: {}\nspec: {}\n', { unit })).toEqual([
    'meta/name-missing not evaluated: a build that was not run may add the name',
    'schema/missing-required not evaluated: a build that was not run may add the field',
  ]);
});

test('a Service that no patch reaches is judged although the patches of an Ingress were not applied', () => {
  const unit = {
    id: 'x',
    kind: 'kustomization' as const,
    root: 'x',
    versions: [],
    state: 'unbuilt' as const,
    mayAdd: { fields: true, namespace: true, resources: false, kinds: ['Ingress'] },
  };
  const port = '\nspec: {clusterIP: None, ports: [{targetPort: postgres}]}\n';
  expect(linesOf(`apiVersion: v1\nkind: Service\nmetadata: {name: database}${port}`, { unit })).toEqual([
    'schema/missing-required spec.ports[0].port: field "port" is missing in spec.ports[0]',
  ]);
  expect(
    linesOf('apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {rules: [{http: {}}]}\n', { unit }),
  ).toEqual(['schema/missing-required not evaluated: a build that was not run may add the field']);
});

test('forms of scalars', () => {
  const pod = (limits: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b, resources: {limits: {${limits}}}}]}\n`;
  expect(linesOf(pod('cpu: 100m, memory: 1.5Gi, x/y: 2'))).toEqual([]);
  expect(linesOf(pod('memory: 1GB'))).toEqual(['schema/format spec.containers[0].resources.limits.memory: "1GB" is no quantity']);
  expect(linesOf('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: not base64}\n')).toEqual([
    'schema/format data.a: the value is not base64',
  ]);
  expect(linesOf(deployment('  replicas: 3000000000'))).toEqual(['schema/format spec.replicas: 3000000000 does not fit in 32 bits']);
});

const variable = (name: string): string => `\${${name}}`;

test('a variable is not judged where Flux fills it in, and judged as it stands where nobody does', () => {
  const manifest = deployment(`  replicas: ${variable('REPLICAS')}`).replace('{name: web}', `{name: "${variable('NAME')}"}`);
  const unit = { id: '.', kind: 'flux' as const, root: '.', versions: [], state: 'as-applied' as const, substituted: true as const };
  expect(linesOf(manifest, { unit })).toEqual([
    'meta/name-invalid not evaluated: the name has a variable that is filled in later',
    'schema/wrong-type not evaluated: the value has a variable that is filled in later',
  ]);
  expect(linesOf(manifest).map((line) => line.split(' ')[0])).toEqual(['meta/name-invalid', 'schema/wrong-type']);
});

test('null is let be where it means absent, and told of where something is lost', () => {
  expect(linesOf(deployment('  replicas: null').replace('{name: web}', '{name: web, creationTimestamp: null}'))).toEqual([]);
  expect(linesOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: }\n')).toEqual([
    'schema/null-value data.a: null here becomes an empty string (quality)',
  ]);
});

test('items of one key: refused in some lists, a warning in the others', () => {
  const pod = (more: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b${more}]}\n`;
  expect(linesOf(pod('}, {name: a, image: c}'))).toEqual([
    'wl/duplicate-container-name spec.containers[1].name: container name "a" is there twice',
  ]);
  expect(linesOf(pod(', ports: [{containerPort: 80}, {containerPort: 80, protocol: TCP}]}'))).toEqual([
    'wl/duplicate-port spec.containers[0].ports[1]: port 80/TCP is the same as spec.containers[0].ports[0]: containers of a pod share their ports (server-warning)',
  ]);
});

test('the metadata of a template is judged by its form alone', () => {
  const owned = (at: string): string => deployment('').replace(at, `${at.slice(0, -1)}, ownerReferences: [{name: a}]}`);
  expect(linesOf(owned('{labels: {app: web}}'))).toEqual([]);
  expect(linesOf(owned('{name: web}')).map((line) => line.split(':')[0])).toEqual([
    'schema/missing-required metadata.ownerReferences[0].apiVersion',
    'schema/missing-required metadata.ownerReferences[0].kind',
    'schema/missing-required metadata.ownerReferences[0].uid',
  ]);
});

test('removed, deprecated, new and unserved APIs', () => {
  const kind = (apiVersion: string, name: string): string => `apiVersion: ${apiVersion}\nkind: ${name}\nmetadata: {name: a}\n`;
  expect(linesOf(kind('extensions/v1beta1', 'Deployment'))).toEqual([
    'api/removed apiVersion: extensions/v1beta1 Deployment was removed in Kubernetes 1.16: use apps/v1',
  ]);
  expect(linesOf(kind('v1', 'Policy'))).toEqual([
    'api/removed apiVersion: v1 Policy was removed in Kubernetes 1.23: use kubescheduler.config.k8s.io/v1 KubeSchedulerConfiguration',
  ]);
  expect(linesOf(kind('batch/v1beta1', 'CronJob'), { versions: ['1.25'] })).toEqual([
    'api/removed apiVersion: batch/v1beta1 CronJob was removed in Kubernetes 1.25: use batch/v1',
  ]);
  expect(linesOf(kind('v1', 'Endpoints'), { versions: ['1.37', '1.30'] })).toEqual([
    'api/deprecated apiVersion: v1 Endpoints is deprecated since Kubernetes 1.33: use discovery.k8s.io/v1 EndpointSlice (server-warning) [1.37]',
  ]);
  expect(
    linesOf('apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: a}\nspec: {cidrs: [10.0.0.0/24]}\n', {
      versions: ['1.37', '1.32'],
    }),
  ).toEqual(['api/not-yet-available apiVersion: networking.k8s.io/v1 ServiceCIDR exists from Kubernetes 1.33 on [1.32]']);
  expect(linesOf(kind('scheduling.k8s.io/v1beta1', 'Workload'))[0]).toContain(
    'api/alpha-beta-disabled apiVersion: scheduling.k8s.io/v1beta1 Workload is a beta API',
  );
  expect(linesOf(kind('scheduling.k8s.io/v1beta1', 'Workload'), { servedApis: ['scheduling.k8s.io/v1beta1'] })[0]).not.toContain('api/');
});

test('a removed API is said to be gone since the version that dropped it, and what to use is served', () => {
  const lines = (apiVersion: string, name: string, version: string): string[] =>
    linesOf(`apiVersion: ${apiVersion}\nkind: ${name}\nmetadata: {name: a}\n`, { versions: [version] });
  expect(lines('resource.k8s.io/v1alpha3', 'ResourceClaim', '1.34')).toEqual([
    'api/removed apiVersion: resource.k8s.io/v1alpha3 ResourceClaim was removed in Kubernetes 1.34: use resource.k8s.io/v1',
  ]);
  expect(lines('networking.k8s.io/v1beta1', 'IngressClass', '1.37')).toEqual([
    'api/removed apiVersion: networking.k8s.io/v1beta1 IngressClass was removed in Kubernetes 1.22: use networking.k8s.io/v1',
  ]);
  expect(lines('flowcontrol.apiserver.k8s.io/v1alpha1', 'FlowSchema', '1.37')).toEqual([
    'api/removed apiVersion: flowcontrol.apiserver.k8s.io/v1alpha1 FlowSchema was removed in Kubernetes 1.21: use flowcontrol.apiserver.k8s.io/v1',
  ]);
  expect(lines('node.k8s.io/v1beta1', 'RuntimeClass', '1.37')).toEqual([
    'api/removed apiVersion: node.k8s.io/v1beta1 RuntimeClass was removed in Kubernetes 1.25: use node.k8s.io/v1',
  ]);
  expect(lines('extensions/v1beta1', 'PodSecurityPolicy', '1.37')).toEqual([
    'api/removed apiVersion: extensions/v1beta1 PodSecurityPolicy was removed in Kubernetes 1.16',
  ]);
});

test('a field that only another version has is told so', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostUsers: false\n  resources: {}\n  containers: [{name: a, image: b}]\n';
  expect(linesOf(pod, { versions: ['1.37', '1.30'] })).toEqual([
    'api/not-yet-available spec.resources: field "resources" exists from Kubernetes 1.32 on [1.30]',
  ]);
});

test('unknown kinds and versions of a known group are refused with what was meant, unknown groups are not judged', () => {
  expect(linesOf('apiVersion: v1\nkind: Deployment\nmetadata: {name: a}\n')).toEqual([
    'schema/unknown-kind apiVersion: v1 has no kind "Deployment": it is in apps/v1',
  ]);
  expect(linesOf('apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a}\n')).toEqual([
    'schema/unknown-kind kind: apps/v1 has no kind "Deploymnt", did you mean "Deployment"?',
  ]);
  expect(linesOf('apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n')).toEqual([
    'schema/unknown-kind not evaluated: no schema of group "example.com" is in sight',
  ]);
  expect(linesOf('apiVersion: app/v1\nkind: Deployment\nmetadata: {name: a}\n')).toEqual([
    'schema/unknown-kind not evaluated: no schema of group "app" is in sight, did you mean "apps"?',
  ]);
});

test('what the server writes is not committed; what generators write is let be', () => {
  expect(linesOf(`${deployment('')}status: {}\n`)).toEqual([]);
  expect(linesOf(`${deployment('')}status: {replicas: 2}\n`)).toEqual([
    'schema/last-applied status: status belongs to the server (quality)',
  ]);
  expect(linesOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, uid: x, resourceVersion: "1"}\n')).toEqual([
    'schema/last-applied metadata.uid: metadata.uid belongs to the server (quality)',
    'schema/last-applied metadata.resourceVersion: metadata.resourceVersion belongs to the server (quality)',
  ]);
});

test('sizes that the server does not take', () => {
  const big = (bytes: number): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: ${'x'.repeat(bytes)}\n`;
  expect(linesOf(big(1024 * 1024))).toEqual([]);
  expect(linesOf(big(1024 * 1024 + 1))).toEqual(['schema/string-too-long data: data has 1048577 bytes, more than 1048576']);
});

test('a structure that is absent is an empty one, which lacks what it must have', () => {
  expect(linesOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n')).toEqual(['schema/missing-required spec: field "spec" is missing']);
  expect(linesOf('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n', { versions: ['1.25'] })).toEqual([
    'schema/missing-required spec: field "spec" is missing',
  ]);
  expect(linesOf('apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\n')).toEqual([]);
});

test('what managedFields hold is replaced unread', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, managedFields: [{fieldsV1: x}]}\n';
  expect(linesOf(text).filter((line) => !line.includes('(quality)'))).toEqual([]);
});

import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { type Classification, classify } from './classify.ts';
import type { Unit } from './unit.ts';

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';

function run(files: Record<string, string | Uint8Array>, context: Record<string, string> = {}): Classification {
  const sources = (texts: Record<string, string | Uint8Array>) =>
    Object.entries(texts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, text]) => ({ path, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text }));
  return classify(sources(files), { parseFile: parse, versions: ['1.37'], context: sources(context) });
}

/** Path → role, or the reason why it is left out. */
function verdicts(files: Record<string, string | Uint8Array>): Record<string, string> {
  const { files: kept, leftOut } = run(files);
  const found: Record<string, string> = {};
  for (const file of kept) found[file.file.path] = file.role;
  for (const { reason, files: paths } of leftOut) for (const path of paths) found[path] = `left out: ${reason}`;
  return found;
}

function unitOf({ files }: Classification, path: string): Unit {
  const file = files.find((candidate) => candidate.file.path === path);
  if (file === undefined) throw new Error(`${path} is left out`);
  return file.unit;
}

test('what only looks like a Kubernetes object is none', () => {
  expect(
    verdicts({
      'discovery/api.json': '{"kind": "APIVersions", "versions": ["v1"]}',
      'discovery/v1.json': '{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "apps/v1", "resources": []}',
      'metadata.yaml': 'apiVersion: clusterctl.cluster.x-k8s.io/v1alpha3\nkind: Metadata\nreleaseSeries: []\n',
      'provider.yaml': 'apiVersion: clusterctl.cluster.x-k8s.io/v1alpha3\nkind: Provider\nmetadata:\n  name: a\n',
      'notes/1.yaml': 'apiVersion: release-notes/v2\nkind: bug-fix\narea: installation\n',
      'notes/template.yaml': 'apiVersion: release-notes/v2\nkind:\narea:\n',
      'kyverno-test.yaml': 'apiVersion: kyverno.io/v1\nkind: Test\nmetadata:\n  name: a\npolicies: []\n',
      'typo.yaml': 'apiVersion: app/v1\nkind: deployment\nspec: {}\n',
      'lower.yaml': 'apiVersion: apps/v1\nkind: deployment\n',
    }),
  ).toEqual({
    'discovery/api.json': 'left out: not-kubernetes',
    'discovery/v1.json': 'left out: not-kubernetes',
    'metadata.yaml': 'clusterctl/Metadata',
    'provider.yaml': 'manifest',
    'notes/1.yaml': 'unknown',
    'notes/template.yaml': 'unknown',
    'kyverno-test.yaml': 'kyverno-cli/Test',
    'typo.yaml': 'manifest',
    'lower.yaml': 'manifest',
  });
});

test('a file whose values a script or a test still fills in is a template', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    color: "yellow-{{ .Index }}"\n';
  expect(
    verdicts({
      'agent.yaml': `${DEPLOYMENT}spec:\n  template:\n    volumeMounts:\n__EXTRA_MOUNTS__\n      - name: a\n`,
      'service.yaml': `${SERVICE}spec:\n  clusterIP: {SERVICE_IP_PREFIX}.16\n`,
      'broken.yaml': `${SERVICE}spec:\n  clusterIP: {a}.16\n`,
      'policy.yaml': 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata:\n  name: ($test.metadata.name)\n',
      'name.yaml': SERVICE.replace('web', '(web)'),
      'perf/templates/pod.yaml': pod,
      'perf/pod_template.json': '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"cpu": "{{CPU}}m"}}',
      'perf/pod.yaml': pod,
      'argo/templates/flow.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata:\n  name: a\nspec:\n  a: "{{inputs.a}}"\n',
    }),
  ).toEqual({
    'agent.yaml': 'left out: template',
    'service.yaml': 'left out: template',
    'broken.yaml': 'manifest',
    'policy.yaml': 'left out: template',
    'name.yaml': 'manifest',
    'perf/templates/pod.yaml': 'left out: template',
    'perf/pod_template.json': 'left out: template',
    'perf/pod.yaml': 'manifest',
    'argo/templates/flow.yaml': 'manifest',
  });
});

test('a Kubernetes object is told by apiVersion and kind, whatever the name of the file', () => {
  expect(
    verdicts({
      'a.yaml': DEPLOYMENT,
      'b.json': '{"apiVersion": "v1", "kind": "Pod"}',
      'manifest.txt': DEPLOYMENT,
      '-': SERVICE,
      'half.yaml': 'kind: Deployment\nmetadata: {}\n',
      'other-half.yaml': 'apiVersion: v1\nkind: ""\n',
      'empty-half.yaml': 'kind:\n',
      'third-half.yaml': 'kind: nonsense\nmetadata: {}\n',
      'foreign.yaml': 'kind: rule\nname: x\n',
      'second.yaml': `---\n# nothing here\n---\nname: x\n---\n${SERVICE}`,
      'values.yaml': 'replicas: 3\n',
      'list.yaml': '- a\n- b\n',
      'empty.yaml': '# only words\n',
    }),
  ).toEqual({
    '-': 'manifest',
    'a.yaml': 'manifest',
    'b.json': 'manifest',
    'empty.yaml': 'unknown',
    'foreign.yaml': 'unknown',
    'empty-half.yaml': 'manifest',
    'half.yaml': 'manifest',
    'list.yaml': 'unknown',
    'manifest.txt': 'manifest',
    'other-half.yaml': 'manifest',
    'second.yaml': 'manifest',
    'third-half.yaml': 'manifest',
    'values.yaml': 'unknown',
  });
});

test('files of CI and other tools are known by their place and name', () => {
  expect(
    verdicts({
      '.github/workflows/ci.yaml': 'on: push\n',
      'sub/action.yml': 'runs: {}\n',
      '.github/dependabot.yml': 'version: 2\n',
      '.github/cluster/service.yaml': SERVICE,
      '.gitlab-ci.yml': 'test: {}\n',
      'compose.yaml': 'services: {}\n',
      'docker-compose.dev.yml': 'services: {}\n',
      'azure-pipelines.yml': 'steps: []\n',
      '.circleci/config.yml': 'version: 2\n',
      'Taskfile.yml': 'version: 3\n',
      '.pre-commit-config.yaml': 'repos: []\n',
      'plumbline.yaml': 'preset: strict\n',
      Dockerfile: 'FROM scratch\n',
      'main.tf': 'module "x" {}\n',
      'api/Dockerfile.yaml': SERVICE,
    }),
  ).toEqual({
    '.circleci/config.yml': 'circleci/Pipeline',
    '.github/cluster/service.yaml': 'manifest',
    '.github/dependabot.yml': 'github/Dependabot',
    '.github/workflows/ci.yaml': 'github/Workflow',
    '.gitlab-ci.yml': 'gitlab/Pipeline',
    '.pre-commit-config.yaml': 'pre-commit/Config',
    Dockerfile: 'docker/Dockerfile',
    'Taskfile.yml': 'task/Taskfile',
    'api/Dockerfile.yaml': 'manifest',
    'azure-pipelines.yml': 'azure/Pipeline',
    'compose.yaml': 'compose/Project',
    'docker-compose.dev.yml': 'compose/Project',
    'main.tf': 'terraform/Module',
    'plumbline.yaml': 'plumbline/Config',
    'sub/action.yml': 'github/Action',
  });
});

test('a whole Kubernetes object is a manifest, whatever its name promises', () => {
  expect(
    verdicts({
      'compose.yaml': DEPLOYMENT,
      'app/kustomization.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\n',
      'app/x.yaml': SERVICE,
      'skaffold.yaml': 'apiVersion: skaffold/v4beta1\nkind: Config\n',
    }),
  ).toEqual({
    'app/kustomization.yaml': 'manifest',
    'app/x.yaml': 'manifest',
    'compose.yaml': 'manifest',
    'skaffold.yaml': 'skaffold/Config',
  });
});

test('formats that borrow apiVersion and kind are never judged as objects of a cluster', () => {
  expect(
    verdicts({
      'cluster.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n',
      'kubeconfig.yaml': 'apiVersion: v1\nkind: Config\nclusters: []\n',
      'kubeadm.yaml': 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n',
      'test.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\n',
      'eks.yaml': 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n',
      'patcher.yaml': 'apiVersion: builtin\nkind: PatchTransformer\n',
      'catalog.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\n',
      'host.yaml': 'apiVersion: v1alpha1\nkind: HostnameConfig\n',
      'kubelet.yaml': 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n',
      'index.yaml': 'apiVersion: v1\nentries: {}\n',
      'datasource.yaml': 'apiVersion: 1\ndatasources: []\n',
      'drone.yaml': 'kind: pipeline\ntype: docker\nsteps: []\n',
      'wrong.yaml': 'apiVersion: v1alpha1\nkind: Deployment\n',
    }),
  ).toEqual({
    'catalog.yaml': 'backstage/Component',
    'cluster.yaml': 'kind/Cluster',
    'datasource.yaml': 'grafana/Provisioning',
    'drone.yaml': 'drone/Pipeline',
    'eks.yaml': 'eksctl/ClusterConfig',
    'host.yaml': 'talos/Config',
    'index.yaml': 'helm/RepositoryIndex',
    'kubeadm.yaml': 'kubeadm/ClusterConfiguration',
    'kubeconfig.yaml': 'kubernetes-config/Kubeconfig',
    'kubelet.yaml': 'kubernetes-config/KubeletConfiguration',
    'patcher.yaml': 'kustomize/PatchTransformer',
    'test.yaml': 'kyverno-cli/Test',
    'wrong.yaml': 'manifest',
  });
});

test('JSON of other tools is left out, also where it is no strict JSON', () => {
  expect(
    verdicts({
      'package.json': '{"name": "x"}',
      'tsconfig.json': '{ // words\n "kind": 1 }',
      'data.json': '{"a": 1}',
      'items.json': '{"kind": 5, "items": []}',
      'broken.json': '{"a": ',
      'pod.json': '{"apiVersion": "v1", "kind": "Pod", ',
      'ci/run.json': '{ // words\n "group": {"kind": "build"} }',
      'settings.json': '{"apiVersion": "v1", "kind": "ConfigMap"}',
    }),
  ).toEqual({
    'broken.json': 'left out: not-kubernetes',
    'ci/run.json': 'left out: not-kubernetes',
    'data.json': 'left out: not-kubernetes',
    'items.json': 'left out: not-kubernetes',
    'package.json': 'left out: not-kubernetes',
    'pod.json': 'manifest',
    'settings.json': 'manifest',
    'tsconfig.json': 'left out: not-kubernetes',
  });
});

test('a file that does not parse is a broken manifest when it was meant as one, else YAML of no known kind', () => {
  expect(
    verdicts({
      'a.yaml': 'apiVersion: v1\nkind: Pod\n  bad: [\n',
      'b.yaml': `${SERVICE}---\na: [1,\n`,
      'c.yaml': 'a: "x\n',
      'd.yaml': new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0xff]),
    }),
  ).toEqual({ 'a.yaml': 'manifest', 'b.yaml': 'manifest', 'c.yaml': 'unknown', 'd.yaml': 'unknown' });
});

test('the text of a template is left out; an object that merely holds braces is judged', () => {
  expect(
    verdicts({
      'a.yaml': '{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n',
      'b.yaml': 'apiVersion: v1\nkind: Pod\n{% for x in y %}\n  - [\n{% endfor %}\n',
      'pod-template.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: tablet-{{uid}}\n',
      'templates/x.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "{{ .Name }}"\n',
      'rule.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  alert: "{{ $labels.pod }} is down"\n  text: |\n    {{ range }}\n',
      'alert.yaml': 'apiVersion: v1\nkind: PrometheusRule\nspec:\n  summary: {{ $labels.pod }} is down\n',
      'alerts.yaml': 'apiVersion: v1\nkind: PrometheusRule\nspec:\n  summary: pod {{ .Name }} is down\n bad: [\n',
      'podtemplate.yaml': 'apiVersion: v1\nkind: PodTemplate\nmetadata:\n  name: x\n',
      'broken.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata:\n  text: |\n    {{ range }}\n bad: [\n',
      'left.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: tablet-{{uid}}\n',
    }),
  ).toEqual({
    'a.yaml': 'left out: template',
    'alert.yaml': 'manifest',
    'alerts.yaml': 'manifest',
    'b.yaml': 'left out: template',
    'broken.yaml': 'manifest',
    'left.yaml': 'manifest',
    'pod-template.yaml': 'left out: template',
    'podtemplate.yaml': 'manifest',
    'rule.yaml': 'manifest',
    'templates/x.yaml': 'left out: template',
  });
});

test('a Helm chart: templates are left out, values and Chart.yaml are of their own kinds, its CRDs are manifests', () => {
  const chart = run({
    'charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'charts/app/values.yaml': 'a: 1\n',
    'charts/app/values-live.yaml': 'a: 1\n',
    'charts/app/values.schema.json': '{}',
    'charts/app/templates/deployment.yaml': DEPLOYMENT,
    'charts/app/templates/tests/pod.yaml': '{{ x }}',
    'charts/app/crds/thing.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n',
    'charts/app/charts/sub/Chart.yaml': 'name: sub\n',
    'charts/app/charts/sub/templates/x.yaml': SERVICE,
    'templates/not-a-chart.yaml': SERVICE,
  });
  expect(Object.fromEntries(chart.files.map((file) => [file.file.path, `${file.role} in ${file.unit.id}`]))).toEqual({
    'charts/app/Chart.yaml': 'helm/Chart in charts/app',
    'charts/app/charts/sub/Chart.yaml': 'helm/Chart in charts/app/charts/sub',
    'charts/app/crds/thing.yaml': 'manifest in charts/app/crds',
    'charts/app/values-live.yaml': 'helm/Values in charts/app',
    'charts/app/values.schema.json': 'helm/ValuesSchema in charts/app',
    'charts/app/values.yaml': 'helm/Values in charts/app',
    'templates/not-a-chart.yaml': 'manifest in templates',
  });
  expect(chart.leftOut.map(({ reason, count }) => [reason, count])).toEqual([['helm-template', 3]]);
  expect(unitOf(chart, 'charts/app/values.yaml')).toMatchObject({ kind: 'helm', state: 'unbuilt', claimedBy: 'charts/app/Chart.yaml' });
  expect(unitOf(chart, 'charts/app/crds/thing.yaml').state).toBe('as-applied');
});

test('a file that SOPS wrote is marked, its values are not for judging', () => {
  const { files } = run({ 'a.yaml': `${SERVICE}sops:\n  mac: ENC[AES256_GCM,data:x]\n  version: 3.8.1\n`, 'b.yaml': SERVICE });
  expect(files.map((file) => [file.file.path, file.encrypted])).toEqual([
    ['a.yaml', true],
    ['b.yaml', undefined],
  ]);
});

test('every file is in exactly one place', () => {
  const files = {
    'a.yaml': SERVICE,
    'b.json': '{}',
    'k/kustomization.yaml': 'patches:\n- path: p.yaml\n',
    'k/p.yaml': DEPLOYMENT,
    'c/Chart.yaml': '',
    'c/templates/x.yaml': '',
  };
  const { files: kept, leftOut, groups, units } = run(files);
  const all = [...kept.map((file) => file.file.path), ...leftOut.flatMap((entry) => entry.files)];
  expect(all.sort()).toEqual(Object.keys(files).sort());
  expect(groups.flatMap((group) => group.units).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    [...units].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
});

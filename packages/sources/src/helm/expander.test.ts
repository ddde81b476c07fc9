import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type ApplyingObject, type BuildResult, type FieldPath, isObject, parse, valueAt } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { memoryReader } from '../kustomize/memory-reader.ts';
import { helmExpander } from './expander.ts';
import { HELM } from './helm-for-tests.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

function build(files: Record<string, string>, deployer?: string, limits?: Parameters<typeof helmExpander>[0]['limits']): BuildResult {
  const inputs = memoryReader({ 'web/Chart.yaml': CHART, ...files });
  const expander = helmExpander({ find: () => HELM, ...(limits === undefined ? {} : { limits }) });
  return expander.build(
    {
      kind: 'chart',
      folder: 'web',
      versions: ['1.34'],
      lookUp: () => undefined,
      ...(deployer === undefined ? {} : { deployer: applying(deployer) }),
    },
    inputs,
  );
}

function applying(text: string): ApplyingObject {
  const [document] = parse({ path: 'app.yaml', bytes: new TextEncoder().encode(text) });
  if (document === undefined || !isObject(document.value)) throw new Error('no object');
  return {
    label: 'Release web',
    file: 'app.yaml',
    object: document.value,
    source: ['spec'],
    locate: (path, part) => ({ ...document.rangeOf(path, part), file: 'app.yaml', chain: [] }),
    folderOf: (path) => path,
  };
}

/** Each field with the place that set it. */
function fields(result: BuildResult, paths: readonly FieldPath[], index = 0): readonly string[] {
  if (!('objects' in result)) return [JSON.stringify(result)];
  const object = result.objects[index];
  if (object === undefined) return ['no such object'];
  return paths.map((path) => {
    const { file, line, column, chain } = object.locate(path);
    return `${JSON.stringify(valueAt(object.object, path))} ${file}:${line}:${column} ${chain.map(({ role }) => role).join()}`;
  });
}

function problems(result: BuildResult): readonly string[] {
  if (!('problems' in result)) return [JSON.stringify(result).slice(0, 300)];
  return result.problems.map(({ message, location: { file, line, column } }) => `${file}:${line}:${column} ${message}`);
}

const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: apps}
spec:
  values:
    image:
      tag: "2"
`;

test('without Helm a chart is not rendered, and what to do is said', () => {
  const expander = helmExpander({ find: () => undefined });
  const request = { kind: 'chart', folder: 'web', versions: [], lookUp: () => undefined } as const;
  expect(expander.build(request, memoryReader({}))).toEqual({
    notBuilt: 'Helm is not installed: install it (https://helm.sh/docs/intro/install), or name it in $PLUMBLINE_HELM',
    forNow: true,
  });
});

describe.skipIf(HELM === undefined)('with Helm', () => {
  test('fields stand in the template, or where the value was given', () => {
    const files = {
      'web/values.yaml': 'replicas: 3\nimage:\n  repository: example.com/web\n  tag: "1"\nresources:\n  limits:\n    memory: 1Gi\n',
      'web/templates/_helpers.tpl': '{{- define "labels" }}\napp: {{ .Release.Name }}\n{{- end }}\n',
      'web/templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          args: [{{ .Values.image.tag | quote }}]
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
`,
    };
    const container: FieldPath = ['spec', 'template', 'spec', 'containers', 0];
    const paths: readonly FieldPath[] = [
      ['kind'],
      ['metadata', 'name'],
      ['metadata', 'namespace'],
      ['metadata', 'labels', 'app'],
      ['spec', 'replicas'],
      [...container, 'name'],
      [...container, 'image'],
      [...container, 'resources', 'limits', 'memory'],
    ];
    expect(fields(build(files, RELEASE), paths)).toEqual([
      '"Deployment" web/templates/web.yaml:2:7 template',
      '"shop" web/templates/web.yaml:4:9 template',
      '"apps" app.yaml:3:35 ',
      '"shop" web/templates/web.yaml:6:5 template',
      '3 web/values.yaml:1:11 values,template',
      '"web" web/templates/web.yaml:12:17 template',
      '"example.com/web:2" web/templates/web.yaml:13:19 template',
      '"1Gi" web/values.yaml:7:13 values,template',
    ]);
  });

  test('a value of the release stands in the release', () => {
    const files = {
      'web/values.yaml': 'image: {tag: "1"}\n',
      'web/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  tag: {{ .Values.image.tag | quote }}\n',
    };
    expect(fields(build(files, RELEASE), [['data', 'tag']])).toEqual(['"2" app.yaml:7:12 values,template']);
    expect(fields(build(files), [['data', 'tag']])).toEqual(['"1" web/values.yaml:1:14 values,template']);
  });

  test('a field that is not there stands at the mapping that lacks it', () => {
    const files = { 'web/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' };
    const result = build(files);
    expect('objects' in result && result.objects[0]?.locate(['metadata', 'labels', 'x'])).toMatchObject({
      file: 'web/templates/a.yaml',
      line: 3,
      column: 1,
    });
  });

  test('a subchart of the repository is rendered with what the parent gives it', () => {
    const files = {
      'web/Chart.yaml': `${CHART}dependencies:\n- {name: db, alias: store, version: 1.0.0, repository: "file://../db"}\n`,
      'web/values.yaml': 'store:\n  size: 5\n',
      'db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'db/values.yaml': 'size: 1\nkind: x\n',
      'db/templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: db\ndata:\n  size: "{{ .Values.size }}"\n  kind: {{ .Values.kind }}\n',
    };
    expect(
      fields(build(files), [
        ['metadata', 'name'],
        ['data', 'size'],
        ['data', 'kind'],
      ]),
    ).toEqual([
      '"db" db/templates/a.yaml:4:9 template',
      '"5" web/values.yaml:2:9 values,template',
      '"x" db/values.yaml:2:7 values,template',
    ]);
  });

  test('a dependency that lies nowhere is not fetched', () => {
    const dependencies = 'dependencies:\n- {name: redis, version: 18.0.0, repository: https://charts.example.com}\n';
    expect(build({ 'web/Chart.yaml': `${CHART}${dependencies}` })).toEqual({
      notBuilt: "the chart's dependency redis 18.0.0 does not lie in web/charts: run `helm dependency build web`",
    });
  });

  test('complaints stand on the line that Helm names', () => {
    const failing = (text: string) => problems(build({ 'web/templates/a.yaml': text }, RELEASE));
    expect(failing('a: 1\nb: {{ .Values.nope.deeper }}\n')).toEqual([
      'web/templates/a.yaml:2:14 helm template: nil pointer evaluating interface {}.deeper',
    ]);
    expect(failing('a: {{ required "say which" .Values.which }}\n')).toEqual(['web/templates/a.yaml:1:7 helm template: say which']);
    expect(failing('a: 1\n{{ if }}\n')[0]).toMatch(/^web\/templates\/a\.yaml:2:1 helm template: missing value for if$/);
    expect(failing('a: {{ nope }}\n')[0]).toMatch(/^web\/templates\/a\.yaml:1:1 helm template: function "nope" not defined$/);
  });

  test('a chart that nobody installs may want values that are not in sight', () => {
    const text = 'a: {{ required "say which" .Values.which }}\n';
    expect(build({ 'web/templates/a.yaml': text })).toEqual({
      notBuilt: 'with its own values alone the chart does not render: helm template: say which',
    });
    expect(problems(build({ 'web/templates/a.yaml': 'a: {{ nope }}\n' }))[0]).toContain('function "nope" not defined');
  });

  test('nothing but the chart is read, nothing is fetched, and nothing stays', () => {
    const before = leftovers();
    const hostile = {
      'web/values.schema.json': '{"$ref": "file:///etc/passwd"}',
      'web/templates/a.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  passwd: {{ .Files.Get "/etc/passwd" | quote }}
  above: {{ .Files.Get "../../../../../../etc/passwd" | quote }}
  host: {{ getHostByName "example.com" | quote }}
  lookup: {{ lookup "v1" "Secret" "default" "a" | toJson | quote }}
  home: {{ tpl "{{ .Values | toJson }}" . | quote }}
`,
    };
    expect(fields(build(hostile), [['data']]).join()).toBe(
      '{"passwd":"","above":"","host":"","lookup":"{}","home":"{}"} web/templates/a.yaml:5:3 template',
    );
    expect(leftovers()).toEqual(before);
  });

  test('a chart without end is stopped', () => {
    const limits = { timeoutMs: 1500, outputBytes: 100_000, memoryKiB: 2 * 1024 * 1024 };
    const slow = 'a: {{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}\n';
    expect(build({ 'web/templates/a.yaml': slow }, RELEASE, limits)).toEqual({
      notBuilt: 'helm template took longer than 1.5 s',
      forNow: true,
    });
    const long = 'a: {{ repeat 1000000 "x" }}\n';
    expect(build({ 'web/templates/a.yaml': long }, RELEASE, limits)).toMatchObject({
      notBuilt: expect.stringMatching(/printed more than/) as string,
    });
    const large = '{{ $x := "xxxxxxxxxxxxxxxx" }}{{ range until 40 }}{{ $x = cat $x $x }}{{ end }}a: {{ len $x }}\n';
    expect(build({ 'web/templates/a.yaml': large }, RELEASE, limits)).toMatchObject({ forNow: true });
  });

  test('a name of a file that leads out of the folder is not written', () => {
    const reader = memoryReader({ 'web/Chart.yaml': CHART });
    const evil = { path: 'web/../../evil', bytes: new TextEncoder().encode('x') };
    const inputs = {
      ...reader,
      list: () => ['web/../../evil', 'web/Chart.yaml'],
      read: (path: string) => (path === evil.path ? evil : reader.read(path)),
    };
    helmExpander({ find: () => HELM }).build({ kind: 'chart', folder: 'web', versions: [], lookUp: () => undefined }, inputs);
    expect(existsSync(`${tmpdir()}/evil`)).toBe(false);
  });

  test('objects of a List and several documents of a file', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n';
    const result = build({ 'web/templates/a.yaml': text });
    if (!('objects' in result)) throw new Error(JSON.stringify(result));
    expect(result.objects.map((each) => [valueAt(each.object, ['metadata', 'name']), each.locate(['metadata', 'name']).line])).toEqual([
      ['b', 12],
      ['a', 7],
    ]);
  });
});

function leftovers(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('plumbline-helm-'));
}

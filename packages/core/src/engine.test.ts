import { expect, test } from 'vitest';
import type { FileRule, ResourceRule, Rule } from './check/rule.ts';
import type { Config } from './config/config.ts';
import { type CheckOptions, createEngine } from './engine.ts';
import type { SourceFile } from './read/source-file.ts';
import type { Report } from './report/report.ts';
import { member } from './values/json.ts';

const replicas = rule({
  id: 'test/replicas',
  kinds: ['apps/Deployment'],
  *check(resource) {
    const count = member(resource.object.spec, 'replicas');
    if (count === 2) {
      const fix = { title: 'three', safe: true, changes: [{ op: 'replace' as const, path: ['spec', 'replicas'], after: 3 }] };
      yield { path: ['spec', 'replicas'], message: 'replicas "2" is even', fix };
    }
  },
});
const service = rule({
  id: 'test/service',
  scope: 'unit',
  kinds: ['apps/*'],
  *check(resource, { inventory }) {
    if (inventory.byKey('Service', resource.namespace, resource.name) === undefined)
      yield { path: ['metadata', 'name'], message: `no service "${resource.name}"` };
  },
});

function rule(given: Partial<ResourceRule> & Pick<ResourceRule, 'id' | 'kinds' | 'check'>): ResourceRule {
  return { title: 't', why: 'w', remedy: 'r', severity: 'warning', class: 'quality', set: 'recommended', ...given };
}

function engineOf(rules: readonly Rule[], config?: Config) {
  return createEngine({
    schemas: { rules: [], versions: ['1.37', '1.36'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'test', rules }],
    ...(config === undefined ? {} : { config }),
  });
}

function file(path: string, text: string): SourceFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

function deployment(name: string, count: number, comment = ''): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: ${count}${comment}\n`;
}

function shown(report: Report): string[] {
  return report.findings.map(
    (finding) =>
      `${finding.location?.file}:${finding.location?.line} ${finding.severity} ${finding.rule}${finding.suppressed === undefined ? '' : ' (suppressed)'}: ${finding.message}`,
  );
}

async function check(rules: readonly Rule[], files: readonly SourceFile[], config?: Config, options?: CheckOptions): Promise<Report> {
  return engineOf(rules, config).check(files, options);
}

test('findings stand where the field is written, in order, and are counted', async () => {
  const report = await check(
    [replicas, service],
    [file('b.yaml', deployment('b', 2)), file('a.yaml', `${deployment('a', 2)}---\n${deployment('c', 3)}`)],
  );
  expect(shown(report)).toEqual([
    'a.yaml:4 warning test/service: no service "a"',
    'a.yaml:6 warning test/replicas: replicas "2" is even',
    'a.yaml:11 warning test/service: no service "c"',
    'b.yaml:4 warning test/service: no service "b"',
    'b.yaml:6 warning test/replicas: replicas "2" is even',
  ]);
  expect(report.summary).toEqual({
    files: { checked: 2, leftOut: 0 },
    documents: 3,
    resources: 3,
    findings: { error: 0, warning: 5, info: 0 },
    suppressed: 0,
    notEvaluated: 0,
    fixable: 2,
  });
  expect(Object.keys(report.rules)).toEqual(['test/service', 'test/replicas']);
  expect(report.findings[1]?.fix?.edits).toEqual([{ file: 'a.yaml', line: 6, column: 13, endLine: 6, endColumn: 14, newText: '3' }]);
});

test('the order of the files does not count', async () => {
  const files = [file('a.yaml', deployment('a', 2)), file('b.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n')];
  const one = await check([replicas, service], files);
  const other = await check([replicas, service], [...files].reverse());
  expect(other).toEqual(one);
  expect(shown(one)).toEqual(['a.yaml:6 warning test/replicas: replicas "2" is even']);
});

test('a rule that throws is a finding, and the run goes on', async () => {
  const broken = rule({
    id: 'test/broken',
    kinds: ['*'],
    // biome-ignore lint/correctness/useYield: it fails before it can.
    *check() {
      throw new Error('oh');
    },
  });
  const report = await check([broken, replicas], [file('a.yaml', deployment('a', 2))]);
  expect(shown(report)).toEqual([
    'a.yaml:1 error engine/rule-threw: rule "test/broken" failed: oh',
    'a.yaml:6 warning test/replicas: replicas "2" is even',
  ]);
  expect(report.failed).toBe(true);
  expect(report.findings[0]).toMatchObject({ class: 'broken', resource: { kind: 'Deployment', name: 'a' } });
});

test('a rule of document scope cannot look at its neighbours', async () => {
  const nosy = rule({ ...service, id: 'test/nosy', scope: 'document' });
  expect(shown(await check([nosy], [file('a.yaml', deployment('a', 1))]))).toEqual([
    'a.yaml:1 error engine/rule-threw: rule "test/nosy" failed: it looks at other resources, so its scope must be "unit"',
  ]);
});

test('what is not built is not evaluated across resources, and counted', async () => {
  const files = [
    file('base/deployment.yaml', deployment('a', 2)),
    file('base/kustomization.yaml', 'resources: [deployment.yaml]\n'),
    file('over/kustomization.yaml', 'resources: [../base]\nnamePrefix: x-\n'),
  ];
  const report = await check([replicas, service], files);
  expect(shown(report)).toEqual(['base/deployment.yaml:6 warning test/replicas: replicas "2" is even']);
  expect(report.notEvaluated).toMatchObject([{ rule: 'test/service', count: 1, examples: [{ kind: 'Deployment', name: 'a' }] }]);
  expect(report.summary.notEvaluated).toBe(1);
});

test('a document that cannot be read is never silent', async () => {
  const text = `${deployment('a', 2)}---\na: [\n---\n${deployment('b', 2)}`;
  const report = await check([], [file('a.yaml', text)]);
  expect(report.findings).toMatchObject([{ rule: 'engine/unreadable', class: 'broken', severity: 'error', location: { file: 'a.yaml' } }]);
  const claims: FileRule = {
    ...rule({ id: 'test/parse', kinds: [], check: () => [] }),
    class: 'broken',
    kinds: ['any/File'],
    scope: 'document',
    *checkFile(each) {
      for (const document of each.documents) for (const { range, message } of document.problems) yield { range, message, document };
    },
  };
  const said = await check([claims], [file('a.yaml', text)]);
  expect(said.findings.map((finding) => finding.rule)).toEqual(['test/parse']);
  expect(said.findings[0]?.severity).toBe('error');
});

test('presets select, names select and switch off', async () => {
  const strict = rule({ ...replicas, id: 'test/strict', set: 'strict' });
  const optional = rule({ ...replicas, id: 'test/optional', set: 'optional' });
  const files = [file('a.yaml', deployment('a', 2))];
  const ids = async (config: Config) => (await check([replicas, strict, optional], files, config)).findings.map((finding) => finding.rule);
  expect(await ids({})).toEqual(['test/replicas']);
  expect(await ids({ preset: 'core' })).toEqual([]);
  expect(await ids({ preset: 'strict' })).toEqual(['test/replicas', 'test/strict']);
  expect(await ids({ preset: 'strict', rules: { 'test/strict': 'off' } })).toEqual(['test/replicas']);
  expect(await ids({ preset: 'off', rules: { 'test/optional': {} } })).toEqual(['test/optional']);
});

test('configuration changes severities, by path too, but not those that the server decides', async () => {
  const files = [file('a/a.yaml', deployment('a', 2)), file('b/b.yaml', deployment('b', 2)), file('c/c.yaml', deployment('c', 2))];
  const config: Config = {
    rules: { 'test/replicas': 'error' },
    overrides: [
      { paths: ['b/**'], rules: { 'test/replicas': 'info' } },
      { paths: ['c'], rules: { 'test/replicas': 'off' } },
    ],
  };
  const report = await check([replicas], files, config);
  expect(report.findings.map((finding) => finding.severity)).toEqual(['error', 'info']);
  const refusal = rule({ ...replicas, id: 'test/refused', class: 'refusal' });
  expect(() => engineOf([refusal], { rules: { 'test/refused': 'off' } })).toThrow('cannot be switched off');
  expect(() => engineOf([refusal], { rules: { 'test/refused': 'info' } })).toThrow('has a fixed severity');
  expect(() => engineOf([refusal], { rules: { 'test/refuse': 'info' } })).toThrow(
    'unknown rule "test/refuse" in the configuration, did you mean "test/refused"?',
  );
  const refused = await check([refusal], files);
  expect(refused.findings[0]).toMatchObject({ severity: 'error', versions: ['1.37'] });
});

test('a pass reports under its members, and only under those selected', async () => {
  const member = (id: string, set: 'core' | 'optional') => ({
    id,
    set,
    title: '',
    why: '',
    remedy: '',
    severity: 'info' as const,
    class: 'quality' as const,
  });
  const pass = rule({
    id: 'test/pass',
    kinds: ['*'],
    members: [member('test/one', 'core'), member('test/two', 'optional')],
    *check() {
      yield { rule: 'test/one', message: 'one' };
      yield { rule: 'test/two', message: 'two' };
      yield { notEvaluated: 'no idea' };
    },
  });
  const report = await check([pass], [file('a.yaml', deployment('a', 1))]);
  expect(shown(report)).toEqual(['a.yaml:1 info test/one: one']);
  expect(report.notEvaluated).toMatchObject([{ rule: 'test/one', reason: 'no idea', count: 1 }]);
});

test('comments accept findings with a reason', async () => {
  const files = [
    file('a.yaml', deployment('a', 2, ' # plumbline-ignore test/replicas: two are enough')),
    file('b.yaml', deployment('b', 2).replace('  replicas', '  # plumbline-ignore test/*: for now\n  # more\n  replicas')),
    file('c.yaml', `# plumbline-ignore-file test/replicas: an example\n${deployment('c', 2)}`),
    file('d.yaml', deployment('d', 2, ' # plumbline-ignore test/replicas')),
    file('e.yaml', deployment('e', 3, ' # plumbline-ignore test/replicas: not needed')),
  ];
  const report = await check([replicas], files);
  expect(shown(report)).toEqual([
    'a.yaml:6 warning test/replicas (suppressed): replicas "2" is even',
    'b.yaml:8 warning test/replicas (suppressed): replicas "2" is even',
    'c.yaml:7 warning test/replicas (suppressed): replicas "2" is even',
    'd.yaml:6 warning test/replicas: replicas "2" is even',
    'd.yaml:6 warning engine/suppression-reason: the comment "plumbline-ignore" gives no reason',
    'e.yaml:6 info engine/suppression-unused: the comment "plumbline-ignore test/replicas" accepts nothing',
  ]);
  expect(report.findings[0]?.suppressed).toEqual({
    by: 'waiver',
    reason: 'two are enough',
    location: { file: 'a.yaml', line: 6, column: 15, endLine: 6, endColumn: 63 },
  });
  expect(report.summary).toMatchObject({ suppressed: 3, fixable: 1, findings: { warning: 2, info: 1 } });
});

test('a comparison does not call a comment about a rule unused, and a check not a waiver about drift', async () => {
  const text = deployment('a', 2).replace('kind:', '# plumbline-ignore test/replicas: two\nkind:');
  const config: Config = { waivers: [{ rule: 'drift/extra', reason: 'r' }] };
  const engine = engineOf([replicas], config);
  const unused = (report: Report): string[] =>
    report.findings.filter(({ rule: id }) => id.startsWith('engine/')).map(({ message }) => message);
  expect(unused((await engine.applied([file('a.yaml', text)])).report([]))).toEqual(['the waiver of "drift/extra" accepts nothing']);
  expect(
    unused(await engine.check([file('a.yaml', deployment('a', 3).replace('kind:', '# plumbline-ignore test/replicas: two\nkind:'))])),
  ).toEqual(['the comment "plumbline-ignore test/replicas" accepts nothing']);
});

test('waivers accept findings until their day', async () => {
  const files = [file('a.yaml', deployment('a', 2)), file('b.yaml', deployment('b', 2)), file('c.yaml', deployment('c', 2))];
  const location = { file: 'plumbline.yaml', line: 2, column: 5, endLine: 2, endColumn: 9 };
  const config: Config = {
    waivers: [
      { rule: 'test/replicas', paths: ['a.yaml'], reason: 'r', owner: 'o', expires: '2026-01-31' },
      { rule: 'test/replicas', resource: { kind: 'Deployment', name: 'b*' }, reason: 'r', expires: '2026-01-30', location },
      { rule: 'test/replicas', resource: { namespace: 'x' }, reason: 'r' },
    ],
  };
  expect(shown(await check([replicas], files, config, { today: '2026-01-31' }))).toEqual([
    'a.yaml:6 warning test/replicas (suppressed): replicas "2" is even',
    'b.yaml:6 warning test/replicas: replicas "2" is even',
    'c.yaml:6 warning test/replicas: replicas "2" is even',
    'plumbline.yaml:2 warning engine/waiver-expired: the waiver of "test/replicas" expired on "2026-01-30"',
    'undefined:undefined info engine/suppression-unused: the waiver of "test/replicas" accepts nothing',
  ]);
});

test('a fingerprint survives what does not change the thing', async () => {
  const fingerprint = async (text: string) => (await check([replicas], [file('a.yaml', text)])).findings[0]?.fingerprint;
  const one = await fingerprint(deployment('a', 2));
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(await fingerprint(`# moved\n\n${deployment('a', 2)}`)).toBe(one);
  expect(await fingerprint(deployment('b', 2))).not.toBe(one);
});

test('an unchanged file is not judged again, a changed one is', async () => {
  let count = 0;
  const counting = rule({
    ...replicas,
    *check(resource, context) {
      count++;
      yield* replicas.check(resource, context);
    },
  });
  const engine = engineOf([counting, service]);
  const files = [file('a.yaml', deployment('a', 2)), file('b.yaml', deployment('b', 2))];
  const first = await engine.check(files);
  expect(count).toBe(2);
  expect(await engine.check(files)).toEqual(first);
  expect(count).toBe(2);
  const second = await engine.check([...files.slice(0, 1), file('b.yaml', deployment('b', 3))]);
  expect(count).toBe(3);
  expect(second.findings.map((finding) => finding.location?.file)).toEqual(['a.yaml', 'a.yaml', 'b.yaml']);
});

test('what lies around is looked up and not judged', async () => {
  const around = () => [
    file('service.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n'),
    file('other.yaml', deployment('z', 2)),
  ];
  const report = await check([replicas, service], [file('a.yaml', deployment('a', 2))], {}, { around });
  expect(shown(report)).toEqual(['a.yaml:6 warning test/replicas: replicas "2" is even']);
  expect(report.summary.files.checked).toBe(1);
});

test('excluded files are left out and said so', async () => {
  const report = await check([replicas], [file('docs/a.yaml', deployment('a', 2)), file('b.yaml', deployment('b', 3))], {
    exclude: ['docs/**'],
  });
  expect(report.leftOut).toEqual([{ reason: 'excluded', count: 1, files: ['docs/a.yaml'] }]);
  expect(report.findings).toEqual([]);
});

test('outcomes tell what became of each resource and rule', async () => {
  const report = await check([replicas, service], [file('a.yaml', deployment('a', 2))], {}, { detail: 'outcomes' });
  const resource = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
  expect(report.outcomes).toEqual([
    { policy: 'test', rule: 'test/replicas', resource, outcome: 'fail', message: 'replicas "2" is even' },
    { policy: 'test', rule: 'test/service', resource, outcome: 'fail', message: 'no service "a"' },
  ]);
});

test('an aborted check ends with the reason', async () => {
  const files = Array.from({ length: 2500 }, (_, index) => file(`${index}.yaml`, deployment(`a${index}`, 1)));
  const signal = { aborted: false, reason: new Error('enough') };
  const running = check([replicas], files, {}, { signal });
  signal.aborted = true;
  await expect(running).rejects.toThrow('enough');
});

test('a Secret is never shown', async () => {
  const loud = rule({
    id: 'test/loud',
    kinds: ['Secret'],
    *check(resource) {
      const path = ['data', 'a'];
      const value = String(member(resource.object.data, 'a'));
      yield {
        path,
        message: `value "${value}" is short`,
        fix: { title: 'longer', safe: true, changes: [{ op: 'replace', path, after: `${value}x` }] },
      };
    },
  });
  const engine = engineOf([loud]);
  const files = [file('a.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: SUPERSECRET }\n')];
  expect(shown(await engine.check(files))).toEqual(['a.yaml:4 warning test/loud: value "<secret 1>" is short']);
  expect(shown(await engine.check(files))).toEqual(['a.yaml:4 warning test/loud: value "<secret 1>" is short']);
});

test('an environment has its name and its own versions', async () => {
  const refusal = rule({ ...replicas, id: 'test/refused', class: 'refusal' });
  const files = [file('env/live/a.yaml', deployment('a', 2)), file('env/dev/b.yaml', deployment('b', 2))];
  const report = await check([refusal], files, {
    kubernetesVersions: ['1.9', '1.10'],
    environments: [{ name: 'LIVE', paths: ['env/live/**'], kubernetesVersions: ['1.36'] }],
  });
  expect(report.findings.map(({ environments, versions }) => ({ environments, versions }))).toEqual([
    { environments: ['dev'], versions: ['1.10', '1.9'] },
    { environments: ['LIVE'], versions: ['1.36'] },
  ]);
  expect(report.run.kubernetesVersions).toEqual(['1.36', '1.10', '1.9']);
});

test('what goes to several environments is judged for the versions of each', async () => {
  const refusal = rule({ ...replicas, id: 'test/refused', class: 'refusal' });
  const apply =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: ./platform, sourceRef: { kind: GitRepository, name: flux-system } }\n';
  const files = [
    file('clusters/dev/a.yaml', apply),
    file('clusters/live/a.yaml', apply),
    file('clusters/lab/a.yaml', apply),
    file('platform/a.yaml', deployment('a', 2)),
  ];
  const report = await check([refusal], files, {
    kubernetesVersions: ['1.35'],
    environments: [
      { name: 'DEV', paths: ['clusters/dev'], kubernetesVersions: ['1.37', '1.36'] },
      { name: 'LIVE', paths: ['clusters/live'], kubernetesVersions: ['1.34'] },
    ],
  });
  const [found] = report.findings;
  expect([found?.location?.file, found?.versions]).toEqual(['platform/a.yaml', ['1.37', '1.36', '1.35', '1.34']]);
});

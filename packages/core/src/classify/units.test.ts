import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { type Classification, classify } from './classify.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';

function run(files: Record<string, string>, context: Record<string, string> = {}): Classification {
  const sources = (texts: Record<string, string>) =>
    Object.entries(texts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  return classify(sources(files), { parseFile: parse, versions: ['1.37'], context: sources(context) });
}

/** Path → `KIND ID: STATE`, with what may still be added. */
function units({ files }: Classification): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { file, role, unit } of files) {
    if (role !== 'manifest') continue;
    const { mayAdd } = unit;
    const added = mayAdd === undefined ? '' : ` +${Object.keys(mayAdd).filter((key) => mayAdd[key as keyof typeof mayAdd] === true)}`;
    found[file.path] = `${unit.kind} ${unit.id}: ${unit.state}${added}${unit.substituted === true ? ' $' : ''}`;
  }
  return found;
}

function groups({ groups: all }: Classification): Record<string, { units: string[]; shared: string[]; incomplete?: string }> {
  return Object.fromEntries(
    all.map(({ id, units: own, shared, incomplete: always, adds }) => {
      const incomplete = always ?? [...(adds?.values() ?? [])][0];
      return [
        id,
        { units: own.map((unit) => unit.id), shared: shared.map((unit) => unit.id), ...(incomplete === undefined ? {} : { incomplete }) },
      ];
    }),
  );
}

const flux = (name: string, path: string, more = ''): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ${path}\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n${more}`;

test('plain files belong to their own folder', () => {
  expect(units(run({ 'a/x.yaml': POD, 'a/b/y.yaml': POD, 'z.yaml': POD }))).toEqual({
    'a/b/y.yaml': 'files a/b: as-applied',
    'a/x.yaml': 'files a: as-applied',
    'z.yaml': 'files .: as-applied',
  });
});

test('a kustomization that only lists files changes nothing, nor do those that only include it', () => {
  const found = run({
    'app/kustomization.yaml': 'resources:\n- pod.yaml\n- ../shared/extra.yaml\n',
    'app/pod.yaml': POD,
    'shared/extra.yaml': POD,
    'all/kustomization.yaml': 'resources:\n- ../app\n',
  });
  expect(units(found)).toEqual({ 'app/pod.yaml': 'kustomization app: as-applied', 'shared/extra.yaml': 'kustomization app: as-applied' });
});

test('files beside a test definition are inputs of tests, of which nobody applies all', () => {
  const found = run({
    't/kyverno-test.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata:\n  name: a\nresources: [bad.yaml, good.yaml]\n',
    't/bad.yaml': POD,
    't/good.yaml': POD,
    'plain/pod.yaml': POD,
  });
  expect(units(found)).toEqual({
    'plain/pod.yaml': 'files plain: as-applied',
    't/bad.yaml': 'files t: unbuilt +fields,namespace,resources',
    't/good.yaml': 'files t: unbuilt +fields,namespace,resources',
  });
  expect(found.units.find((unit) => unit.id === 't')).toMatchObject({
    why: 'the files are inputs of tests, which are not run',
    mayAdd: { kinds: [] },
  });
});

test('what the overlays change is known of the base that they include', () => {
  const found = run({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': POD,
    'qa/kustomization.yaml': 'resources: [../base, own.yaml]\nnamespace: qa\n',
    'qa/own.yaml': POD,
    'live/kustomization.yaml':
      'bases: [../base/]\npatches:\n- path: patch.yaml\nconfigMapGenerator:\n- name: c\n  files: [key=data.yaml]\n  envs: [e.yaml]\n',
    'live/patch.yaml': 'kind: Pod\n',
    'live/data.yaml': 'a: 1\n',
    'live/e.yaml': 'a=1\n',
  });
  expect(units(found)).toEqual({
    'base/pod.yaml': 'kustomization base: unbuilt +fields,namespace,resources',
    'qa/own.yaml': 'kustomization qa: unbuilt +namespace',
  });
  expect(found.leftOut).toEqual([{ reason: 'kustomize-input', count: 3, files: ['live/data.yaml', 'live/e.yaml', 'live/patch.yaml'] }]);
});

test('every field that names an input is read', () => {
  const kustomization = `
resources: [pod.yaml]
patchesStrategicMerge: [a.yaml, "kind: Pod\\nmetadata: {name: inline}\\n"]
patchesJson6902: [{path: b.yaml, target: {kind: Pod}}]
replacements: [{path: c.yaml}]
transformers: [d.yaml, ./t]
generators: [e.yaml]
configurations: [f.yaml]
crds: [g.yaml]
openapi: {path: h.json}
secretGenerator: [{name: s, env: i.yaml, files: [j.yaml]}]
helmCharts: [{name: x, valuesFile: k.yaml, additionalValuesFiles: [l.yaml]}]
`;
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'i', 'j', 'k', 'l'].map((name) => `${name}.yaml`);
  const files: Record<string, string> = { 'kustomization.yaml': kustomization, 'pod.yaml': POD, 'g.yaml': POD, 'h.json': '{}' };
  for (const name of names) files[name] = POD;
  files['t/kustomization.yaml'] = 'resources: [label.yaml]\n';
  files['t/label.yaml'] = 'apiVersion: builtin\nkind: LabelTransformer\n';
  expect(run(files).leftOut).toEqual([{ reason: 'kustomize-input', count: 12, files: [...names, 'h.json', 't/label.yaml'].sort() }]);
});

test('a file that one kustomization lists as a resource is judged, though another patches with it', () => {
  const found = run({
    'a/kustomization.yaml': 'resources: [pod.yaml]\n',
    'a/pod.yaml': POD,
    'b/kustomization.yaml': 'patches: [{path: ../a/pod.yaml}]\n',
  });
  expect(Object.keys(units(found))).toEqual(['a/pod.yaml']);
});

test('a file beside a kustomization that does not list it is judged by itself, and nothing is missed in it', () => {
  const found = run({ 'a/kustomization.yaml': 'resources: []\n', 'a/old.yaml': POD });
  expect(units(found)).toEqual({ 'a/old.yaml': 'files a/*: unbuilt +fields,namespace,resources' });
});

test('a kustomization that could not be read may do anything', () => {
  const found = groups(run({ 'a/kustomization.yaml': 'resources: [\n', 'b/x.yaml': POD }));
  expect(found.a).toEqual({ units: ['a'], shared: [], incomplete: 'a kustomization adds objects when it is built' });
});

test('a resource that would have to be fetched makes the inventory incomplete', () => {
  const remote = run({
    'a/kustomization.yaml': 'resources: [x.yaml, "https://example.com/y.yaml", "github.com/o/r//k?ref=v1"]\n',
    'a/x.yaml': POD,
  });
  expect(units(remote)).toEqual({ 'a/x.yaml': 'kustomization a: unbuilt +resources' });
  expect(groups(remote)).toEqual({ a: { units: ['a'], shared: [], incomplete: 'a kustomization adds objects when it is built' } });
});

test('kustomizations that include one another, or what is outside, end', () => {
  const found = run({
    'a/kustomization.yaml': 'resources: [../b, x.yaml]\nnamePrefix: p-\n',
    'a/x.yaml': POD,
    'b/kustomization.yaml': 'resources: [../a, ., ../../../etc/passwd, y.yaml]\n',
    'b/y.yaml': POD,
  });
  expect(units(found)).toEqual({ 'a/x.yaml': 'kustomization a: unbuilt +fields', 'b/y.yaml': 'kustomization b: unbuilt +fields' });
});

test('Flux applies a folder without a kustomization as it lies, with the kustomizations below it', () => {
  const found = run({
    'clusters/live/apps.yaml': flux('apps', './apps'),
    'apps/pod.yaml': POD,
    'apps/sub/other.yaml': POD,
    'apps/web/kustomization.yaml': 'resources: [pod.yaml]\n',
    'apps/web/pod.yaml': POD,
    'apps/web/inner/kustomization.yaml': 'resources: [pod.yaml]\n',
    'apps/web/inner/pod.yaml': POD,
  });
  expect(units(found)).toEqual({
    'apps/pod.yaml': 'flux apps: as-applied',
    'apps/sub/other.yaml': 'flux apps: as-applied',
    'apps/web/inner/pod.yaml': 'kustomization apps/web/inner: as-applied',
    'apps/web/pod.yaml': 'kustomization apps/web: as-applied',
    'clusters/live/apps.yaml': 'files clusters/live: as-applied',
  });
  expect(groups(found)['environment live']).toEqual({ units: ['apps', 'apps/web', 'clusters/live'], shared: [] });
});

test('what a Flux Kustomization changes is known: patches, target namespace, variables where there are some', () => {
  const found = run({
    'clusters/live/a.yaml': flux('a', './a', '  targetNamespace: x\n'),
    'clusters/live/b.yaml': flux('b', './b', '  patches:\n  - patch: |\n      kind: Pod\n'),
    'clusters/live/c.yaml': flux('c', './c', '  postBuild:\n    substitute:\n      NAME: x\n'),
    'clusters/live/d.yaml': flux('d', './d', '  postBuild:\n    substitute:\n      NAME: x\n'),
    'a/pod.yaml': POD,
    'b/pod.yaml': POD,
    'c/pod.yaml': POD,
    'd/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: $'.concat('{NAME}\n'),
  });
  expect(units(found)).toMatchObject({
    'a/pod.yaml': 'flux a: unbuilt +namespace',
    'b/pod.yaml': 'flux b: unbuilt +fields',
    'c/pod.yaml': 'flux c: as-applied',
    'd/pod.yaml': 'flux d: unbuilt + $',
  });
});

test('paths of Flux objects are found though several repositories lie in one tree', () => {
  const found = run({ 'one/flux/apps.yaml': flux('apps', './apps'), 'one/apps/pod.yaml': POD, 'two/apps/pod.yaml': POD });
  expect(units(found)).toMatchObject({
    'one/apps/pod.yaml': 'flux one/apps: as-applied',
    'two/apps/pod.yaml': 'files two/apps: as-applied',
  });
});

test('an Argo CD Application applies a folder of files, below it only where it recurses', () => {
  const app = (path: string, more = ''): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: x\nspec:\n  source:\n    repoURL: https://example.com/r.git\n    path: ${path}\n${more}`;
  const found = run({
    'argocd/a.yaml': app('flat'),
    'argocd/b.yaml': app('deep', '    directory:\n      recurse: true\n'),
    'argocd/c.yaml': app('named', '  destination:\n    namespace: x\n'),
    'flat/pod.yaml': POD,
    'flat/sub/pod.yaml': POD,
    'deep/sub/pod.yaml': POD,
    'named/pod.yaml': POD,
  });
  expect(units(found)).toMatchObject({
    'flat/pod.yaml': 'argo flat: as-applied',
    'flat/sub/pod.yaml': 'files flat/sub: as-applied',
    'deep/sub/pod.yaml': 'argo deep: as-applied',
    'named/pod.yaml': 'argo named: as-applied +namespace',
  });
});

test('environments are groups, a base of several is a group that shares with each', () => {
  const found = run({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': POD,
    'environments/qa/kustomization.yaml': 'resources: [../../base]\n',
    'environments/live/kustomization.yaml': 'resources: [../../base]\n',
    'platform/ns.yaml': POD,
  });
  expect(groups(found)).toEqual({
    'environment live': { units: ['environments/live'], shared: ['base'] },
    'environment live + environment qa': { units: ['base'], shared: ['environments/live', 'environments/qa'] },
    'environment qa': { units: ['environments/qa'], shared: ['base'] },
    platform: { units: ['platform'], shared: [] },
  });
  const live = found.groups.find((group) => group.environment === 'live');
  expect(live?.elsewhere.map((unit) => unit.id)).toEqual(['platform']);
});

test('without Flux, templates that name an object by a variable are filled in before they are applied', () => {
  const named = POD.replace(/name: .*/, 'name: $'.concat('{CLUSTER}-pod'));
  const files = {
    'templates/cluster.yaml': named,
    'templates/plain.yaml': POD,
    'build/kustomization.yaml': 'resources: [pod-template.yaml]\n',
    'build/pod-template.yaml': named,
    'forgotten/pod.yaml': named,
  };
  const found = run(files);
  expect(units(found)).toMatchObject({
    'templates/cluster.yaml': 'files templates/$: unbuilt + $',
    'templates/plain.yaml': 'files templates: as-applied',
    'build/pod-template.yaml': 'kustomization build: unbuilt + $',
    'forgotten/pod.yaml': 'files forgotten: as-applied',
  });
  // Where Flux is, it says which files it fills in: these are not among them.
  expect(units(run({ ...files, 'flux/a.yaml': flux('a', './elsewhere') }))).toMatchObject({
    'templates/cluster.yaml': 'files templates: as-applied',
    'build/pod-template.yaml': 'kustomization build: as-applied',
  });
});

test('levels of folders that hold everything separate nothing', () => {
  const found = run({ 'src/deploy/a/x.yaml': POD, 'src/deploy/a/deep/y.yaml': POD, 'src/deploy/b/z.yaml': POD });
  expect(groups(found)).toEqual({
    'src/deploy/a': { units: ['src/deploy/a', 'src/deploy/a/deep'], shared: [] },
    'src/deploy/b': { units: ['src/deploy/b'], shared: [] },
  });
});

test('a group says why objects may exist that no file holds', () => {
  const release = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: x\nspec: {}\n';
  const found = groups(
    run({
      'a/x.yaml': POD,
      'b/x.yaml': release,
      'c/Chart.yaml': 'name: c\n',
      'c/templates/x.yaml': POD,
      'd/x.yaml': 'apiVersion: v1\nkind: Pod\n bad: [\n',
      'e/pod-template.yaml': '{{ x }}\n',
      'f/x.yaml': flux('f', './elsewhere'),
    }),
  );
  expect(Object.fromEntries(Object.entries(found).map(([id, group]) => [id, group.incomplete]))).toEqual({
    a: undefined,
    b: 'a Helm release or an Argo CD object creates objects that are not in sight',
    c: 'a Helm chart was not rendered',
    d: 'a file could not be read',
    e: 'a template was not rendered',
    f: 'a Flux or Argo CD object applies a folder that is not in sight',
  });
});

test('what surrounds the judged files says what they are', () => {
  const found = run(
    { 'live/patch.yaml': 'kind: Pod\n', 'base/pod.yaml': POD },
    {
      'live/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': POD,
    },
  );
  expect(found.leftOut).toEqual([{ reason: 'kustomize-input', count: 1, files: ['live/patch.yaml'] }]);
  expect(units(found)).toEqual({ 'base/pod.yaml': 'kustomization base: unbuilt +fields' });
  expect(found.around.map((file) => file.file.path)).toEqual(['base/kustomization.yaml', 'live/kustomization.yaml']);
});

test('the same files in any order give the same units and groups', () => {
  const texts = {
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': POD,
    'qa/kustomization.yaml': 'resources: [../base]\nnamespace: x\n',
    'live/kustomization.yaml': 'resources: [../base]\n',
    'clusters/live/a.yaml': flux('a', './live'),
  };
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const options = { parseFile: parse, versions: ['1.37'] };
  const shape = (found: Classification) =>
    found.groups.map((group) => [
      group.id,
      group.units.map((unit) => JSON.stringify(unit)).sort(),
      group.shared.map((unit) => unit.id).sort(),
    ]);
  expect(shape(classify([...files].reverse(), options))).toEqual(shape(classify(files, options)));
});

test('code beside the manifests may create what they refer to', () => {
  const bytes = new TextEncoder().encode(POD);
  const files = ['a/x.yaml', 'b/x.yaml'].map((path) => ({ path, bytes }));
  const found = groups(classify(files, { parseFile: parse, versions: ['1.37'], otherPaths: ['a/resources/secrets.tf', 'b/README.md'] }));
  expect(found.a?.incomplete).toBe('Terraform or other code beside the manifests may create objects');
  expect(found.b?.incomplete).toBe(undefined);
});

test('what must be built: kustomizations that stand by themselves, or include themselves; one that only lists files for its faults alone', () => {
  const { builds } = run({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': POD,
    'live/kustomization.yaml': 'resources: [../base]\nnamespace: live\npatches:\n  - path: patch.yaml\n',
    'live/patch.yaml': POD,
    'plain/kustomization.yaml': 'resources: [pod.yaml]\n',
    'plain/pod.yaml': POD,
    'part/kustomization.yaml': 'kind: Component\nnamespace: part\n',
    'flux/apps.yaml': flux('apps', './deployed', '  targetNamespace: other\n'),
    'deployed/kustomization.yaml': 'resources: [pod.yaml]\nnamePrefix: a-\n',
    'deployed/pod.yaml': POD,
    'outer/kustomization.yaml': 'resources: [../deployed]\nnamePrefix: b-\n',
    'round/kustomization.yaml': 'resources: [about]\n',
    'round/about/kustomization.yaml': 'resources: [..]\n',
  });
  expect(builds.map(({ folder, deployer, listsOnly }) => [folder, deployer?.label, listsOnly])).toEqual([
    ['deployed', 'Kustomization apps', undefined],
    ['live', undefined, undefined],
    ['outer', undefined, undefined],
    ['plain', undefined, true],
    ['round', undefined, true],
    ['round/about', undefined, true],
  ]);
  expect([...(builds[1]?.reaches ?? [])]).toEqual([
    'live/kustomization.yaml',
    'base',
    'live/patch.yaml',
    'base/kustomization.yaml',
    'base/pod.yaml',
  ]);
});

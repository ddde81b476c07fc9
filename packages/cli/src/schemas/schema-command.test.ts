import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../../scripts/build.mjs';

// The built bundle, run as users run it: schemas that a repository brings.

const crd = (field: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {${field}: {type: integer}}}}}}}
`;
const THING = 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  size: 1\n';
const SCHEMA = JSON.stringify({
  type: 'object',
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    spec: { type: 'object', additionalProperties: false, properties: { count: { type: 'integer' } } },
  },
});

let home = '';
let command = '';
let count = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-schema-'));
  command = join(home, 'dist/plumbline.cjs');
  await bundleCommand(join(home, 'dist'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A repository with these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = join(home, `repository-${count++}`);
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(cwd: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** While a server in this process answers, nothing may block it. */
function runBeside(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...args], { cwd });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (data) => {
      texts.out += String(data);
    });
    child.stderr.on('data', (data) => {
      texts.err += String(data);
    });
    child.on('close', (code) => resolve({ code, ...texts }));
  });
}

/** Class, rule and message of each finding of schemas, and why others were not judged. */
function judged(cwd: string, ...args: readonly string[]): { code: number | null; findings: string[]; notEvaluated: string[] } {
  const { code, out, err } = run(cwd, 'check', '--format', 'json', ...args);
  if (!out.startsWith('{')) return { code, findings: [err], notEvaluated: [] };
  const report = JSON.parse(out) as {
    findings: { class: string; rule: string; message: string; location: { file: string; line: number } }[];
    notEvaluated: { rule: string; reason: string }[];
  };
  return {
    code,
    findings: report.findings
      .filter(({ rule }) => rule.startsWith('schema/'))
      .map((one) => `${one.location.file}:${one.location.line} ${one.class} ${one.rule}: ${one.message}`),
    notEvaluated: report.notEvaluated.filter(({ rule }) => rule.startsWith('schema/')).map(({ reason }) => reason),
  };
}

const lockOf = (cwd: string): unknown => JSON.parse(readFileSync(join(cwd, '.plumbline/schemas.lock.json'), 'utf8'));

describe('plumbline schema', () => {
  test('add: a definition judges from then on, is not judged itself, and one in the repository comes first', () => {
    const cwd = repository({ 'a.yaml': THING, 'down/crds.yaml': `${crd('count')}---\napiVersion: v1\nkind: Nonsense\n` });
    const elsewhere = repository({ 'crds.yaml': `${crd('count')}---\napiVersion: v1\nkind: Nonsense\n` });
    rmSync(join(cwd, 'down'), { recursive: true });
    expect(judged(cwd)).toEqual({ code: 0, findings: [], notEvaluated: ['no schema of group "example.com" is in sight'] });
    const added = run(cwd, 'schema', 'add', join(elsewhere, 'crds.yaml'), '--name', 'things');
    expect(added).toEqual({
      code: 0,
      out: `Added things from ../${elsewhere.split('/').pop()}/crds.yaml: 1 kind in 1 file\n  example.com/v1/Thing\n`,
      err: '',
    });
    expect(judged(cwd)).toEqual({
      code: 1,
      findings: ['a.yaml:7 refusal schema/unknown-field: unknown field "size"'],
      notEvaluated: [],
    });
    writeFileSync(join(cwd, 'own.yaml'), crd('size'));
    expect(judged(cwd).findings).toEqual([]);
  });

  test('verify: a file that is not as it was added stops a check', () => {
    const cwd = repository({ 'a.yaml': THING, 'crds/things.yaml': crd('size'), 'crds/readme.yaml': 'a: 1\n' });
    expect(run(cwd, 'schema', 'add', 'crds').code).toBe(0);
    expect(lockOf(cwd)).toEqual({
      version: 1,
      schemas: [
        {
          name: 'crds',
          source: 'crds',
          files: [{ path: 'crds/things.yaml', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), kinds: ['example.com/v1/Thing'] }],
        },
      ],
    });
    expect(run(cwd, 'schema', 'verify')).toEqual({ code: 0, out: 'One file is as added\n', err: '' });
    writeFileSync(join(cwd, '.plumbline/schemas/crds/things.yaml'), crd('other'));
    for (const args of [['schema', 'verify'], ['check']]) {
      const { code, err } = run(cwd, ...args);
      expect([code, /^plumbline: \.plumbline\/schemas\/crds\/things\.yaml was changed: /.test(err)]).toEqual([2, true]);
    }
    rmSync(join(cwd, '.plumbline/schemas/crds/things.yaml'));
    expect(run(cwd, 'check').err).toMatch(/things\.yaml is missing/);
    writeFileSync(
      join(cwd, '.plumbline/schemas.lock.json'),
      '{"version": 1, "schemas": [{"name": "a", "source": "a", "files": [{"path": "../../a", "digest": "", "kinds": []}]}]}',
    );
    expect(run(cwd, 'check')).toMatchObject({ code: 2, err: expect.stringMatching(/is no lock file of schemas/) });
  });

  test('list and remove', () => {
    const cwd = repository({ 'a.yaml': THING, 'things.json': SCHEMA });
    expect(run(cwd, 'schema', 'add', 'things.json')).toMatchObject({ code: 2, err: expect.stringMatching(/--kind GROUP\/VERSION\/KIND/) });
    expect(run(cwd, 'schema', 'add', 'things.json', '--kind', 'example.com/v1/Thing').code).toBe(0);
    expect(judged(cwd).findings).toEqual([
      'a.yaml:7 policy schema/unknown-field: unknown field "size" (by .plumbline/schemas/things/things.json)',
    ]);
    expect(run(cwd, 'schema', 'list').out).toBe('things  from things.json\n  example.com/v1/Thing\n');
    expect(run(cwd, 'schema', 'remove', 'thing')).toMatchObject({ code: 2, err: expect.stringMatching(/only under things/) });
    expect(run(cwd, 'schema', 'remove', 'things').code).toBe(0);
    expect(existsSync(join(cwd, '.plumbline/schemas/things'))).toBe(false);
    expect(run(cwd, 'schema', 'list').out).toMatch(/^No schema was added/);
  });

  test('a URL is fetched when it is added, and never by a check', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      response.statusCode = request.url === '/example.com/thing_v1.json' ? 200 : 404;
      response.end(response.statusCode === 200 ? SCHEMA : 'no');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // that of a TCP server
    const cwd = repository({ 'a.yaml': THING });
    const location = `${base}/{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json`;
    try {
      expect(judged(cwd, '--schema-location', location).notEvaluated).toEqual([
        `${base}/example.com/thing_v1.json was not fetched: plumbline schema add ${base}/example.com/thing_v1.json`,
      ]);
      expect((await runBeside(cwd, 'schema', 'add', `${base}/none.json`)).err).toMatch(/cannot be fetched: the server answers 404/);
      expect((await runBeside(cwd, 'schema', 'add', `${base}/example.com/thing_v1.json`, '--kind', 'example.com/v1/Thing')).code).toBe(0);
      expect(asked).toBe(2);
    } finally {
      server.close();
    }
    expect(judged(cwd, '--schema-location', location).findings).toHaveLength(1);
  });

  test('what was typed wrong', () => {
    const cwd = repository({});
    expect(run(cwd, 'schema')).toMatchObject({ code: 2, err: 'plumbline: plumbline schema takes one of add, list, remove, verify\n' });
    expect(run(cwd, 'schema', 'ad')).toMatchObject({ code: 2, err: expect.stringMatching(/did you mean add\?/) });
    expect(run(cwd, 'schema', 'add', 'none')).toMatchObject({ code: 2, err: 'plumbline: none does not exist\n' });
  });
});

describe('--schema-location', () => {
  const TEMPLATE = 'schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json';

  test('a template, also from configuration', () => {
    const cwd = repository({ 'a.yaml': THING, 'schemas/thing-example-v1.json': SCHEMA });
    const expected = ['a.yaml:7 policy schema/unknown-field: unknown field "size" (by schemas/thing-example-v1.json)'];
    expect(judged(cwd, '--schema-location', `./${TEMPLATE}`).findings).toEqual(
      expected.map((line) => line.replace('by schemas', 'by ./schemas')),
    );
    expect(judged(cwd, '--schema-location', 'default', '--schema-location', TEMPLATE).findings).toEqual(expected);
    writeFileSync(join(cwd, 'plumbline.yaml'), `schemaLocations: ["${TEMPLATE}"]\n`);
    expect(judged(cwd).findings).toEqual(expected);
  });

  test("a folder: kubeconform's layout, and the definitions below it", () => {
    const elsewhere = repository({ 'deep/crds.yaml': crd('count'), 'v1.37.0-standalone-strict/other-example-v1.json': SCHEMA });
    const cwd = repository({ 'a.yaml': THING, 'b.yaml': THING.replace('Thing', 'Other') });
    expect(judged(cwd, '--schema-location', elsewhere)).toMatchObject({
      code: 1,
      findings: [
        'a.yaml:7 refusal schema/unknown-field: unknown field "size"',
        expect.stringMatching(/^b\.yaml:7 policy schema\/unknown-field: /),
      ],
      notEvaluated: [],
    });
  });

  test('what is not there is an error, what has no schema is not evaluated', () => {
    const cwd = repository({ 'a.yaml': THING, 'schemas/x.json': '{}' });
    expect(judged(cwd, '--schema-location', 'nowhere')).toMatchObject({
      code: 2,
      findings: [expect.stringMatching(/nowhere" *: .* does not exist/)],
    });
    expect(judged(cwd, '--schema-location', '{{ .Kind }}.json')).toMatchObject({
      code: 2,
      findings: [expect.stringMatching(/no field "\.Kind"/)],
    });
    expect(judged(cwd, '--schema-location', TEMPLATE)).toEqual({
      code: 0,
      findings: [],
      notEvaluated: ['no schema of group "example.com" is in sight'],
    });
  });
});

describe('the types that come with the command', () => {
  const CERTIFICATE =
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  secretname: a\n  issuerRef:\n    name: b\n';

  test('advise where nothing else knows the kind, and give way to what does', () => {
    const cwd = repository({ 'a.yaml': CERTIFICATE });
    expect(judged(cwd)).toEqual({
      code: 0,
      findings: [
        expect.stringMatching(
          /^a\.yaml:7 quality schema\/unknown-field: unknown field "secretname", did you mean "secretName"\? \(by \S+ [\d.]+\)$/,
        ),
      ],
      notEvaluated: [expect.stringMatching(/^only the types of \S+ [\d.]+ are known of the kind$/)],
    });
    expect(run(cwd, 'check', '--fail-on-not-evaluated').code).toBe(1);
    const own = crd('secretname')
      .replaceAll('example.com', 'cert-manager.io')
      .replaceAll('things', 'certificates')
      .replaceAll('Thing', 'Certificate');
    writeFileSync(
      join(cwd, 'crd.yaml'),
      own.replace(
        'secretname: {type: integer}',
        'secretname: {type: string}, issuerRef: {type: object, properties: {name: {type: string}}}',
      ),
    );
    expect(judged(cwd)).toEqual({ code: 0, findings: [], notEvaluated: [] });
  });
});

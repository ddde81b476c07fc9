import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand } from '../../../scripts/build.mjs';
import { VERSION } from './version.ts';

// The built bundle, run as users run it, in folders of its own.

const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  color: blue\n';
const BAD =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  selectors:\n    app: web\n  ports:\n    - port: 80\n';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: shop\ndata:\n  password: "HUNTER2!"\n';

let home = '';
let command = '';
let count = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-command-'));
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

function run(cwd: string, args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): Ran {
  const { NO_COLOR: _, FORCE_COLOR: __, ...base } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...base, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('what cannot be read or written is said, and is no failure of ours', () => {
  test('standard input that is a folder, or has no end', () => {
    const folder = repository({ 'good.yaml': GOOD });
    const read = (path: string) =>
      spawnSync(process.execPath, [command, 'check', '-'], { cwd: folder, encoding: 'utf8', stdio: [openSync(path, 'r'), 'pipe', 'pipe'] });
    expect(read(folder)).toMatchObject({ status: 2, stderr: 'plumbline: standard input cannot be read: it may not be read\n' });
    expect(read('/dev/zero')).toMatchObject({ status: 2, stderr: 'plumbline: standard input cannot be read: it is larger than 32 MiB\n' });
  });

  test('a configuration that is no file, or a link that leads nowhere', () => {
    const folder = repository({ 'good.yaml': GOOD });
    expect(run(folder, ['check', '--config', '/dev/zero']).err).toMatch(/ cannot be read: it is no regular file\n$/);
    symlinkSync('nowhere', join(folder, 'plumbline.yaml'));
    expect(run(folder, ['check'])).toMatchObject({ code: 2, err: 'plumbline: configuration file "plumbline.yaml" does not exist\n' });
    expect(run(folder, ['init'])).toMatchObject({ code: 2, err: 'plumbline: plumbline.yaml exists; --force overwrites it\n' });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('two formats in one file, a folder that cannot be made, a link in a circle', () => {
    const folder = repository({ 'good.yaml': GOOD });
    expect(run(folder, ['check', '-f', 'json=a/b', '-f', 'sarif=./a/b'])).toMatchObject({
      code: 2,
      err: 'plumbline: json and sarif both go to "./a/b"; give each a file of its own\n',
    });
    expect(run(folder, ['check', '-f', 'json=good.yaml/x/y'])).toMatchObject({
      code: 2,
      err: 'plumbline: cannot write json to "good.yaml/x/y": ENOTDIR\n',
    });
    symlinkSync('round.yaml', join(folder, 'round.yaml'));
    expect(run(folder, ['check', 'round.yaml'])).toMatchObject({ code: 2, err: 'plumbline: "round.yaml" cannot be opened (ELOOP)\n' });
  });
});

describe('exit codes', () => {
  test('0 clean, 1 findings, 2 a SOURCE that does not exist; 2 wins and the others are still judged', () => {
    const folder = repository({ 'good.yaml': GOOD, 'bad.yaml': BAD });
    expect(run(folder, ['check', 'good.yaml'])).toMatchObject({ code: 0, err: '' });
    expect(run(folder, ['check', 'bad.yaml'])).toMatchObject({ code: 1, err: '' });
    const both = run(folder, ['check', 'nothing.yaml', 'bad.yaml']);
    expect([both.code, both.err]).toEqual([2, 'plumbline: "nothing.yaml" does not exist\n']);
    expect(both.out).toContain('bad.yaml:7:3');
  });

  test('--fail-on', () => {
    const folder = repository({ 'a.yaml': 'apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: web\n  namespace: shop\n' });
    expect(run(folder, ['check']).code).toBe(0);
    expect(run(folder, ['check', '--fail-on', 'warning']).code).toBe(1);
  });

  test('a mistake on the command line', () => {
    const folder = repository({});
    for (const args of [
      ['chekc'],
      ['check', '--formt', 'x'],
      ['check', '--format', 'xml'],
      ['check', '-k', '1.2'],
      ['check', '--max', 'x'],
    ]) {
      const { code, out, err } = run(folder, args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^plumbline: [^\n]+\n$/);
    }
    expect(run(folder, ['chekc']).err).toBe('plumbline: unknown verb "chekc"; did you mean check?\n');
    expect(run(folder, ['bad.yaml']).err).toBe('plumbline: unknown verb "bad.yaml"; to judge a path: plumbline check bad.yaml\n');
  });
});

describe('input', () => {
  test('standard input', () => {
    const { code, out } = run(repository({}), ['check', '-'], BAD);
    expect(code).toBe(1);
    expect(out).toContain('-:7:3');
    expect(out).toContain('selectors:');
  });

  test('folders, globs and files, from a folder below the root', () => {
    const folder = repository({ 'apps/a/bad.yaml': BAD, 'apps/b/bad.yaml': BAD, 'other/bad.yaml': BAD });
    const files = (...args: string[]): string[] => {
      const report = JSON.parse(run(join(folder, 'apps'), ['check', '--format', 'json', ...args]).out);
      return [...new Set<string>(report.findings.map((finding: { location: { file: string } }) => finding.location.file))].sort();
    };
    expect(files()).toEqual(['apps/a/bad.yaml', 'apps/b/bad.yaml', 'other/bad.yaml']);
    expect(files('.')).toEqual(['apps/a/bad.yaml', 'apps/b/bad.yaml']);
    expect(files('b/*.yaml', '../other/bad.yaml')).toEqual(['apps/b/bad.yaml', 'other/bad.yaml']);
  });

  test('a file that a kustomization names as a patch is not judged as a manifest, also when it is named alone', () => {
    const folder = repository({
      'kustomization.yaml': 'resources: [service.yaml]\npatches:\n  - path: patch.yaml\n',
      'service.yaml': GOOD,
      'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  color: red\n',
    });
    const { code, out } = run(folder, ['check', 'patch.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('kustomize-input');
  });

  test('policies of the repository and those that are given are asked, by their own names', () => {
    const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
  validations:
    - expression: object.data.size() < 2
      messageExpression: "'too many keys: ' + string(object.data.size())"
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: few}
spec: {policyName: few, validationActions: [Deny]}
`;
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {a: "1", b: "2"}\n';
    const inside = repository({ 'policy.yaml': policy, 'map.yaml': map });
    const found = run(inside, ['check', '--format', 'json']);
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out).findings).toMatchObject([
      {
        rule: 'vap/few',
        class: 'policy',
        severity: 'error',
        message: 'too many keys: 2',
        location: { file: 'map.yaml', line: 5 },
        policy: { kind: 'ValidatingAdmissionPolicy', name: 'few', rule: 'validations[0]', binding: 'few' },
      },
    ]);
    const outside = repository({ 'map.yaml': map });
    writeFileSync(join(home, 'policy.yaml'), policy);
    expect(run(outside, ['check']).code).toBe(0);
    expect(run(outside, ['check', '--policy', '../policy.yaml']).out).toContain('too many keys: 2');
    writeFileSync(join(home, 'broken.yaml'), policy.replace('< 2', '<'));
    const broken = run(outside, ['check', '--policy', '../broken.yaml']);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('broken.yaml:8:19: spec.validations[0].expression: compilation failed: ERROR: <input>:1:');
    expect(run(outside, ['check', '--policy', 'nope'])).toMatchObject({ code: 2, out: '' });
    writeFileSync(join(outside, 'plumbline.yaml'), 'rules: {vap/few: off}\n');
    expect(run(outside, ['check', '--policy', '../policy.yaml']).code).toBe(0);
  });

  test('what Git ignores is left out', () => {
    const folder = repository({ '.gitignore': 'rendered/\n', 'rendered/bad.yaml': BAD, 'good.yaml': GOOD });
    expect(run(folder, ['check'])).toMatchObject({ code: 0, err: '' });
  });

  test('--staged judges what is staged, not what lies in the folder', () => {
    const folder = join(home, `repository-${count++}`);
    mkdirSync(folder);
    const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args]);
    git('init', '-q');
    writeFileSync(join(folder, 'web.yaml'), BAD);
    writeFileSync(join(folder, 'not-staged.yaml'), BAD.replace('web', 'other'));
    git('add', 'web.yaml');
    writeFileSync(join(folder, 'web.yaml'), GOOD);
    const { code, out } = run(folder, ['check', '--staged']);
    expect(code).toBe(1);
    expect(out).toContain('web.yaml:7:3');
    expect(out).not.toContain('not-staged.yaml:');
    expect(run(folder, ['check', '--staged', 'not-staged.yaml']).code).toBe(0);
    expect(run(folder, ['check', '--staged', 'nope.yaml'])).toMatchObject({ code: 2, err: 'plumbline: "nope.yaml" does not exist\n' });
  });
});

describe('Git', () => {
  const gitIn =
    (folder: string) =>
    (...args: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);

  test('--since reports what the work makes worse, also in a file that moved', () => {
    const folder = repository({ 'old.yaml': BAD, 'web.yaml': GOOD.replace('web', 'good') });
    const git = gitIn(folder);
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'first');
    const clean = run(folder, ['check', '--since', 'main']);
    expect(clean).toMatchObject({ code: 0 });
    expect(clean.out).toContain('1 left from before main');
    git('mv', 'old.yaml', 'moved.yaml');
    expect(run(folder, ['check', '--since', 'main']).code).toBe(0);
    writeFileSync(join(folder, 'web.yaml'), BAD.replace('web', 'good'));
    const worse = run(folder, ['check', '--since', 'main', '--format', 'json']);
    expect(worse.code).toBe(1);
    const report = JSON.parse(worse.out);
    expect(report.findings.map((finding: { location: { file: string } }) => finding.location.file)).toEqual(['web.yaml']);
    expect(report.summary).toMatchObject({ findings: { error: 1, warning: 0, info: 0 }, known: 1 });
    expect(report.run.since.revision).toBe('main');
    expect(report.run.since.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(run(folder, ['check', '--since', 'nope'])).toMatchObject({ code: 2, out: '' });
    expect(run(folder, ['check', '--since', 'main', '--staged']).code).toBe(2);
  });

  test('git:REV judges a revision without a checkout', () => {
    const folder = repository({ 'web.yaml': BAD });
    const git = gitIn(folder);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    writeFileSync(join(folder, 'web.yaml'), GOOD);
    expect(run(folder, ['check']).code).toBe(0);
    expect(run(folder, ['check', 'git:HEAD']).out).toContain('web.yaml:7:3');
    expect(run(folder, ['check', 'git:HEAD:web.yaml']).code).toBe(1);
    expect(run(folder, ['check', 'git:nope'])).toMatchObject({ code: 2, err: 'plumbline: there is no revision "nope"\n' });
    expect(run(folder, ['check', 'git:HEAD', 'web.yaml']).code).toBe(2);
  });
});

describe('output', () => {
  test('several formats at once, one on standard output', () => {
    const folder = repository({ 'bad.yaml': BAD });
    const { code, out } = run(folder, ['check', '--format', 'json', '--format=sarif=out/a.sarif', '--format', 'junit=b.xml']);
    expect(code).toBe(1);
    expect(JSON.parse(out).schemaVersion).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, 'out/a.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(folder, 'b.xml'), 'utf8')).toContain('<testsuites name="plumbline"');
    const twice = run(folder, ['check', '--format', 'json', '--format', 'text']);
    expect([twice.code, twice.err]).toEqual([
      2,
      'plumbline: json and text both go to standard output; give one a file: --format text=FILE\n',
    ]);
  });

  test.skipIf(!existsSync('/dev/full'))('a report that the disk has no room for is no success', () => {
    const folder = repository({ 'good.yaml': GOOD });
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${command}" check > /dev/full`], { cwd: folder });
    expect([status, String(stderr)]).toEqual([2, 'plumbline: cannot write to standard output: ENOSPC\n']);
  });

  test('the same bytes each time', () => {
    const folder = repository({ 'bad.yaml': BAD, 'a/bad.yaml': BAD, 'secret.yaml': SECRET });
    for (const format of ['text', 'json', 'sarif', 'junit', 'github']) {
      const [first, second] = [run(folder, ['check', '--format', format]).out, run(folder, ['check', '--format', format]).out];
      expect(first).toBe(second);
      expect(first).not.toContain('HUNTER2');
    }
  });

  test('colour where it is asked for', () => {
    const folder = repository({ 'bad.yaml': BAD });
    expect(run(folder, ['check']).out).not.toContain('\u001b');
    expect(run(folder, ['check', '--color', 'always']).out).toContain('\u001b[31m');
    expect(run(folder, ['check'], '', { FORCE_COLOR: '1' }).out).toContain('\u001b[31m');
    expect(run(folder, ['check'], '', { FORCE_COLOR: '1', NO_COLOR: '1' }).out).not.toContain('\u001b');
  });

  test('--quiet says nothing when it is clean', () => {
    expect(run(repository({ 'good.yaml': GOOD }), ['check', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });

  test('a reader that stops reading is no failure', async () => {
    const folder = repository(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`bad-${index}.yaml`, BAD])));
    const child = spawn(process.execPath, [command, 'check', '--format', 'json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, err]).toEqual([1, '']);
  });
});

describe('configuration', () => {
  test('a mistake in plumbline.yaml is told with its place', () => {
    const folder = repository({ 'plumbline.yaml': 'preset: strickt\n', 'good.yaml': GOOD });
    expect(run(folder, ['check'])).toEqual({
      code: 2,
      out: '',
      err: 'plumbline: plumbline.yaml:1:9: "preset" must be one of core, recommended, strict, off; did you mean "strict"?\n',
    });
    expect(run(folder, ['check', '--no-config']).code).toBe(0);
  });

  test('waivers, versions and another file', () => {
    const waiver = 'waivers:\n  - rule: schema/*\n    reason: an experiment\n';
    const folder = repository({ 'bad.yaml': BAD, 'plumbline.yaml': waiver, 'ci/other.yaml': 'kubernetesVersions: ["1.30"]\n' });
    const { code, out } = run(folder, ['check']);
    expect([code, /(\d+) suppressed/.exec(out)?.[1]]).toEqual([0, '1']);
    const other = run(folder, ['check', '--config', 'ci/other.yaml', 'bad.yaml', '--format', 'json']);
    expect([other.code, JSON.parse(other.out).run.kubernetesVersions]).toEqual([1, ['1.30']]);
    expect(run(folder, ['check', '--config', 'none.yaml'])).toMatchObject({
      code: 2,
      err: 'plumbline: configuration file "none.yaml" does not exist\n',
    });
    expect(run(repository({ 'plumbline.yaml': 'kubernetesVersions: ["1.99"]' }), ['check']).err).toContain(
      'unknown Kubernetes version "1.99"',
    );
  });

  test('plugins run only where they are allowed', () => {
    const plugin = `export const pack = { name: 'team', rules: [{
      id: 'team/label', title: 't', why: 'w', remedy: 'r', severity: 'error', class: 'policy', set: 'core', kinds: ['ConfigMap'],
      *check(resource) { yield { path: ['metadata'], part: 'key', message: 'no label' }; } }] };`;
    const folder = repository({ 'plumbline.yaml': 'plugins: [./rules/team.mjs]\n', 'rules/team.mjs': plugin, 'good.yaml': GOOD });
    expect(run(folder, ['check'])).toMatchObject({
      code: 2,
      err: 'plumbline: the configuration names plugins (./rules/team.mjs), which are code; --allow-plugins loads them\n',
    });
    const { code, out } = run(folder, ['check', '--allow-plugins']);
    expect(code).toBe(1);
    expect(out).toContain('team/label');
    expect(run(folder, ['rules', 'team/*', '--allow-plugins']).out).toBe(
      'team/label  error    core         t\n\n1 rule: 1 core; plumbline explain RULE says more of one\n',
    );
    expect(run(folder, ['explain', 'team/label', '--allow-plugins'])).toMatchObject({ code: 0, err: '' });
    expect(run(folder, ['explain', 'team/label'])).toMatchObject({ code: 2 });
  });
});

describe('other verbs', () => {
  test('help and version', () => {
    const folder = repository({});
    expect(run(folder, ['--version']).out).toBe(`${VERSION}\n`);
    expect(run(folder, [])).toEqual(run(folder, ['--help']));
    expect(run(folder, ['check', '--help'])).toMatchObject({ code: 0, err: '' });
    expect(run(folder, ['help', 'rules']).out).toBe(run(folder, ['rules', '-h']).out);
  });

  test('rules and explain', () => {
    const folder = repository({});
    const { rules } = JSON.parse(run(folder, ['rules', '--format', 'json']).out);
    expect(rules.length).toBeGreaterThan(20);
    for (const rule of rules)
      expect(Object.keys(rule)).toEqual(expect.arrayContaining(['id', 'title', 'why', 'remedy', 'severity', 'class', 'set']));
    expect(run(folder, ['explain', 'schema/unknown-field']).out).toContain('What to do');
    expect(run(folder, ['explain', 'deployment.spec.replicas']).out).toMatch(
      /^apps\/v1 Deployment {2}spec\.replicas\n\nType +an integer\n/,
    );
    expect(run(folder, ['explain', 'deployment.spec.replica']).err).toContain('did you mean deployment.spec.replicas?');
    expect(run(folder, ['explain', 'deploiment.spec']).err).toContain('did you mean deployment.spec?');
    expect(run(folder, ['explain', 'schema/unknown-feild'])).toMatchObject({
      code: 2,
      err: 'plumbline: unknown rule "schema/unknown-feild"; did you mean schema/unknown-field?\n',
    });
  });

  test('init writes a configuration that changes nothing', () => {
    const folder = repository({ 'good.yaml': GOOD });
    expect(run(folder, ['init'])).toMatchObject({ code: 0, err: '' });
    expect(run(folder, ['check']).code).toBe(0);
    expect(run(folder, ['init'])).toMatchObject({ code: 2, err: 'plumbline: plumbline.yaml exists; --force overwrites it\n' });
    const uncommented = readFileSync(join(folder, 'plumbline.yaml'), 'utf8').replace(/^# (?=[a-z]\w+:| {2})/gm, '');
    writeFileSync(join(folder, 'plumbline.yaml'), uncommented);
    expect(run(folder, ['check', 'good.yaml'])).toMatchObject({ err: '' });
  });
});

test('without its code cache, or with one that is not right, the command runs all the same', () => {
  const folder = repository({ 'bad.yaml': BAD });
  const dist = join(home, 'no-cache');
  cpSync(join(home, 'dist'), dist, { recursive: true });
  const [digest = ''] = readdirSync(join(dist, 'command'));
  const caches = readdirSync(join(dist, 'command', digest)).filter((name) => name.endsWith('.cache'));
  // The start, and parts that the warm-up of the build goes through.
  expect(caches.length).toBeGreaterThan(5);
  const check = (): number | null => spawnSync(process.execPath, [join(dist, 'plumbline.cjs'), 'check', '-q'], { cwd: folder }).status;
  for (const name of caches) writeFileSync(join(dist, 'command', digest, name), 'nothing of the kind');
  expect(check()).toBe(1);
  for (const name of caches) rmSync(join(dist, 'command', digest, name));
  expect(check()).toBe(1);
});

test('the version is that of the package', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  expect(manifest.version).toBe(VERSION);
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FORMAT_NAMES } from '@plumbline/reporters';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './run.ts';

// Repositories and live objects full of secrets, at random: whatever is compared, patched, carried or rolled back, no value of a Secret is printed.

const SEED = Number(process.env.PLUMBLINE_SEED ?? 20261127);
const ROUNDS = 6;
const WORD = 'SUPERSECRET';
/** What of the word shows in base64, wherever in the text it stands. */
const FORBIDDEN = [WORD, ...[0, 1, 2].map((offset) => base64('.'.repeat(offset) + WORD).slice(offset === 0 ? 0 : 4, 14))];

const homes: string[] = [];
const home = process.cwd();
afterAll(() => {
  process.chdir(home);
  for (const folder of homes) rmSync(folder, { recursive: true, force: true });
});

type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A value that holds the word, as plain text. */
function secretText(random: Random): string {
  const texts = [
    WORD,
    `${WORD}${random(1000)}`,
    `a${WORD}: "x" # y`,
    `postgres://u:${WORD}@db/x`,
    `first\n${WORD}\nlast\n`,
    `-----\n  ${WORD}`,
    `${random(10)}${WORD}`,
  ];
  return texts[random(texts.length)] ?? WORD;
}

/** How people write a text: quoted, as a block, plain where that reads back. */
function written(text: string, indent: string, random: Random): string {
  if (/^[A-Za-z0-9+/=]+$/.test(text) && random(2) === 0) return text;
  if (random(2) === 0) return JSON.stringify(text);
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${/^\s/.test(text) ? '2' : ''}${text.endsWith('\n') ? '' : '-'}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`;
}

function secret(name: string, namespace: string, random: Random, more = ''): string {
  const keys = ['a', 'b', 'c', 'd'].slice(0, 1 + random(4));
  const isText = random(2) === 0;
  const wrong = random(8) === 0 ? `  odd: ${[`${WORD}!`, `[${WORD}]`, `{x: ${WORD}}`, '5'][random(4)]}\n` : '';
  const data = keys.map((key) => `  ${key}: ${written(isText ? secretText(random) : base64(secretText(random)), '  ', random)}\n`).join('');
  const annotation =
    random(3) === 0
      ? `  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: ${JSON.stringify(JSON.stringify({ data: { old: secretText(random) } }))}\n`
      : '';
  const immutable = random(6) === 0 ? 'immutable: true\n' : '';
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n${more}${annotation}${immutable}${isText ? 'stringData' : 'data'}:\n${data}${wrong}`;
}

/** As a server gives it back: always data, and maybe what kubectl applied. */
function liveSecret(name: string, namespace: string, random: Random): string {
  const keys = ['a', 'b', 'c', 'e'].slice(random(2), 1 + random(4));
  const data = Object.fromEntries(keys.map((key) => [key, base64(secretText(random))]));
  const applied = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: { gone: secretText(random), ...data },
  });
  const fields = Object.fromEntries(keys.map((key) => [`f:${key}`, {}]));
  const managers = [
    {
      manager: random(2) === 0 ? 'kubectl-edit' : 'kustomize-controller',
      operation: 'Update',
      apiVersion: 'v1',
      fieldsV1: { 'f:data': fields },
    },
  ];
  const annotations = random(2) === 0 ? { 'kubectl.kubernetes.io/last-applied-configuration': applied } : { note: secretText(random) };
  const metadata = { name, namespace, uid: 'u', labels: { tier: String(random(3)) }, annotations, managedFields: managers };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    type: 'Opaque',
    data,
    ...(random(5) === 0 ? { immutable: true } : {}),
  });
}

function filesOf(random: Random): Record<string, string> {
  const files: Record<string, string> = {
    'plumbline.yaml': 'environments:\n  - {name: qa, paths: [qa, overlays/qa]}\n  - {name: live, paths: [live, overlays/live]}\n',
  };
  for (const environment of ['qa', 'live']) {
    const extra = random(2) === 0 ? `---\n${secret('second', environment, random)}` : '';
    files[`${environment}/secret.yaml`] = `${secret('first', environment, random, '  labels: {tier: "1"}\n')}${extra}`;
    files[`${environment}/map.yaml`] =
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: ${environment}}\ndata: {level: "${random(9)}"}\n`;
    const list = secret('listed', environment, random);
    files[`${environment}/list.yaml`] = `apiVersion: v1\nkind: List\nitems:\n- ${list.trimEnd().replaceAll('\n', '\n  ')}\n`;
    files[`overlays/${environment}/kustomization.yaml`] =
      `namespace: ${environment}\nresources: [../../base]\nsecretGenerator:\n  - name: made\n    literals:\n      - password=${WORD}${random(1000)}\n      - mode=${random(9)}\n    files: [token.txt]\nimages: [{name: nginx, newTag: "1.2${random(9)}"}]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: Secret\n      metadata: {name: based}\n      stringData: {patched: "${WORD}${random(100)}"}\n`;
    files[`overlays/${environment}/token.txt`] = `${secretText(random)}\n`;
  }
  files['base/kustomization.yaml'] = 'resources: [all.yaml]\n';
  files['base/all.yaml'] =
    `${secret('based', 'x', random)}---\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: nginx}]\n`;
  return files;
}

const COMMANDS: readonly (readonly string[])[] = [
  ...FORMAT_NAMES.map((format) => ['drift', '--actual', 'LIVE', '-f', format, '--detail', 'outcomes', '--prune-scope', '*', '--all']),
  ['drift', 'live', 'qa', '--actual', 'LIVE'],
  ['diff', 'git:HEAD~1', '.', '-f', 'json', '--detail', 'outcomes'],
  ['diff', 'live', 'qa'],
  ...['json', 'merge', 'strategic', 'apply', 'unified'].flatMap((type) => [
    ['patch', '--actual', 'LIVE', '--type', type, '--prune-scope', '*'],
    ['patch', 'live', '--actual', 'LIVE', '--type', type, '-o', 'json'],
  ]),
  ['patch', '--actual', 'LIVE', '--inverse'],
  ['patch', '--actual', 'LIVE', '--reverse'],
  ['patch', '--actual', 'git:HEAD~1', '--reverse'],
  ['promote', '--from', 'qa', '--to', 'live'],
  ['promote', '--from', 'qa', '--to', 'live', '--since', 'HEAD~1'],
  ['rollback', '--to', 'HEAD~1'],
  ['rollback', '--to', 'HEAD~1', '--only', 'Secret/first', '--only', 'ConfigMap/map', '--only', 'Secret/based'],
  ['rollback', 'live', '--to', 'HEAD~1', '--actual', 'LIVE'],
  ['fix', '--dry-run', '--suggested'],
  ['environments'],
  ['graph'],
];

describe(`no value of a Secret is printed, seed ${SEED}`, () => {
  test.each(Array.from({ length: ROUNDS }, (_, round) => round))('round %i', async (round) => {
    const random = createRandom(SEED + round);
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
    homes.push(folder);
    const git = (...given: readonly string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...given], { cwd: folder });
    git('init', '-q', '.');
    for (const message of ['first', 'second']) {
      for (const [path, text] of Object.entries(filesOf(random))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git('add', '-A');
      git('commit', '-qm', message);
    }
    const live = ['first', 'second', 'listed', 'based', 'stranger'].flatMap((name) =>
      ['qa', 'live'].map((namespace) => liveSecret(name, namespace, random)),
    );
    const file = join(folder, '..', `${folder.split('/').at(-1)}-live.json`);
    homes.push(file);
    writeFileSync(file, `{"apiVersion":"v1","kind":"List","items":[${live.join(',')}]}`);
    process.chdir(folder);
    const shown: string[] = [];
    let length = 0;
    for (const command of COMMANDS) {
      let said = '';
      const say = (text: string): boolean => {
        said += text;
        return true;
      };
      const code = await run(
        command.map((each) => each.replace('LIVE', file)),
        { out: say, err: say, isOutTerminal: false, isErrTerminal: false, width: 0 },
      );
      length += said.length;
      const found = FORBIDDEN.filter((each) => said.includes(each));
      const line = said.split('\n').find((each) => found.some((one) => each.includes(one)));
      if (found.length > 0) shown.push(`${command.join(' ')}: ${line?.slice(0, 300)}`);
      expect(said, `${command.join(' ')} ended with ${code}`).not.toMatch(/internal error|TypeError|is not a function/);
    }
    expect(shown).toEqual([]);
    // Something was said, so that there was something to be shown.
    expect(length).toBeGreaterThan(20_000);
  });
});

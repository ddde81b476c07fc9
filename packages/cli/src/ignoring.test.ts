import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommand } from '../../../scripts/build.mjs';

// The built bundle, run as users run it.

let home = '';
let count = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-ignoring-'));
  await bundleCommand(join(home, 'dist'));
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs the command in a repository with these files, and the live side beside it. */
function run(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = join(home, `repository-${count++}`);
  for (const [path, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(home, 'live.yaml'), LIVE);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, 'dist/plumbline.cjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata:\n  a: "1"\n  b: "1"\n';
const LIVE = MAP.replaceAll('"1"', '"2"');
const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  destination: {server: "https://kubernetes.default.svc", namespace: shop}
  project: default
  source: {repoURL: "https://git.example.com/shop.git", path: apps}
  ignoreDifferences:
    - {kind: ConfigMap, jsonPointers: [/data/b], jqPathExpressions: [".data | keys"]}
`;
const RULES = `drift:
  ignore:
    - pointers: [/data/a]
      resource: {kind: ConfigMap, namespace: sh*}
      reason: an operator writes it
    - pointers: [/data/b]
      reason: for the move
      expires: "2026-01-01"
    - managers: [nobody]
      reason: dead
`;

interface Told {
  readonly summary: { readonly drift: unknown };
  readonly drift: readonly { readonly status: string; readonly changes: readonly { path: string; class: string; why?: string }[] }[];
  readonly findings: readonly { rule: string; severity: string; message: string; location: { file: string; line: number } | null }[];
  readonly notEvaluated: readonly { readonly reason: string }[];
}

function told(out: string): unknown {
  const { summary, drift, findings, notEvaluated } = JSON.parse(out) as Told; // as the command prints it
  return {
    counts: summary.drift,
    drift: drift.flatMap(({ status, changes }) => [
      status,
      ...changes.map((each) => `${each.path} ${each.class} ${each.why ?? ''}`.trim()),
    ]),
    findings: findings.map(({ rule, severity, message, location }) => `${location?.file}:${location?.line} ${severity} ${rule} ${message}`),
    notEvaluated: notEvaluated.map(({ reason }) => reason),
  };
}

const SETTLED = [
  'in-sync',
  '/data/a ignored ignored: an operator writes it',
  '/data/b ignored ignored: ignoreDifferences of the Application "shop"',
];
const UNREAD = 'ignoreDifferences of the Application "shop": ".data | keys": "| keys" is not understood';

test('rules of the configuration and of Argo CD, also where only a part is compared', () => {
  const files = { 'apps/all.yaml': MAP, 'argocd/shop.yaml': APPLICATION, 'plumbline.yaml': RULES };
  const { code, out } = run(files, 'drift', 'apps', '--actual', join(home, 'live.yaml'), '-f', 'json');
  expect([code, told(out)]).toEqual([
    0,
    {
      counts: { inSync: 1, missing: 0, changed: 0, extra: 0, notEvaluated: 0 },
      drift: SETTLED,
      findings: ['plumbline.yaml:6 warning engine/waiver-expired the drift ignore rule "for the move" expired on "2026-01-01"'],
      notEvaluated: [UNREAD],
    },
  ]);
});

test('an expired rule covers nothing, and a dead one is told where everything is compared', () => {
  const { code, out } = run({ 'apps/all.yaml': MAP, 'plumbline.yaml': RULES }, 'drift', '--actual', join(home, 'live.yaml'), '-f', 'json');
  expect([code, told(out)]).toEqual([
    1,
    {
      counts: { inSync: 0, missing: 0, changed: 1, extra: 0, notEvaluated: 0 },
      drift: ['changed', '/data/a ignored ignored: an operator writes it', '/data/b drift'],
      findings: [
        'apps/all.yaml:6 error drift/changed /data/b is "2", desired "1"',
        'plumbline.yaml:6 warning engine/waiver-expired the drift ignore rule "for the move" expired on "2026-01-01"',
        'plumbline.yaml:9 info engine/suppression-unused the drift ignore rule "dead" covers nothing',
      ],
      notEvaluated: [],
    },
  ]);
});

test('an entry of Argo CD that names nothing is told where it is written', () => {
  const dead = APPLICATION.replace(/ignoreDifferences:.*/s, 'ignoreDifferences:\n    - {kind: ConfigMap, jsonPointers: [/data/c]}\n');
  const files = { 'apps/all.yaml': MAP.replaceAll('"1"', '"2"'), 'argocd/shop.yaml': dead };
  const live = LIVE.replace('shop}', 'shop, annotations: {argocd.argoproj.io/tracking-id: "shop:/ConfigMap:shop/settings"}}');
  const found = [
    'argocd/shop.yaml:9 info engine/suppression-unused this entry of ignoreDifferences covers nothing: no object that it is about has what it names',
  ];
  for (const [source, expected] of [
    [[], found],
    [['apps'], []],
  ] as const) {
    writeFileSync(join(home, 'tracked.yaml'), `${live}---\n${dead}`);
    const { out } = run(files, 'drift', ...source, '--actual', join(home, 'tracked.yaml'), '-f', 'json');
    expect(told(out)).toMatchObject({ findings: expected });
  }
});

test('what is said of rules can be turned off', () => {
  const off = `rules: {engine/waiver-expired: off, engine/suppression-unused: off}\n${RULES}`;
  const { out } = run({ 'apps/all.yaml': MAP, 'plumbline.yaml': off }, 'drift', '--actual', join(home, 'live.yaml'), '-f', 'json');
  expect(told(out)).toMatchObject({ findings: ['apps/all.yaml:6 error drift/changed /data/b is "2", desired "1"'] });
});

test('no patch touches what is ignored', () => {
  const { out } = run({ 'apps/all.yaml': MAP, 'plumbline.yaml': RULES }, 'patch', '--actual', join(home, 'live.yaml'), '--output', 'json');
  expect(JSON.parse(out)).toMatchObject({
    patches: [
      {
        patch: [
          { op: 'test', path: '/data/b', value: '2' },
          { op: 'replace', path: '/data/b', value: '1' },
        ],
      },
    ],
  });
});

test.each([
  ['jsonPaths: ["$.data | keys"]', 'plumbline.yaml:3:19: "$.data | keys": "| keys" is not understood'],
  ['pointers: [/data, /a~2]', 'plumbline.yaml:3:25: "a~2": "~" stands only in "~0" and "~1"'],
])('a field that is not understood is an error of the configuration: %s', (field, message) => {
  const rules = `drift:\n  ignore:\n    - ${field}\n      reason: x\n`;
  const { code, err } = run({ 'apps/all.yaml': MAP, 'plumbline.yaml': rules }, 'drift', '--actual', join(home, 'live.yaml'));
  expect([code, err.includes(message)]).toEqual([2, true]);
});

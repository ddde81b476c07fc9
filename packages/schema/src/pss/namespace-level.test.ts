import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, type NotEvaluated, type Problem, type Resource, toDotted, type Unit } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { NOTHING_AROUND, resourceOf, schemas, shared } from '../../test/schemas.ts';
import { createKindCatalogue } from '../index.ts';
import { namespaceLabels } from './namespace-labels.ts';
import { namespaceLevel } from './namespace-level.ts';

interface Around {
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly versions?: readonly string[];
  readonly unit?: Unit;
}

function judge(resource: Resource, { labels = {}, name = 'default', versions = ['1.37'] }: Around): (Problem | NotEvaluated)[] {
  const full = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]));
  const namespace = resourceOf(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: full } }));
  const inventory = collect([namespace, resource]);
  return [
    ...namespaceLevel.check(resource, {
      versions,
      inventory,
      kinds: createKindCatalogue(schemas, []),
      ...NOTHING_AROUND,
      options: {},
    }),
  ];
}

function lines(yaml: string, around: Around): string[] {
  return judge(resourceOf(yaml, around.unit), around).map((one) => {
    if ('notEvaluated' in one) return `not evaluated: ${one.notEvaluated}`;
    const versions = one.versions === undefined ? '' : ` [${one.versions.join(' ')}]`;
    return `${one.class} ${one.severity} ${toDotted(one.path ?? [])}: ${one.message}${versions}`;
  });
}

const GOOD = `
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers: [{name: a, image: a, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]`;
const pod = (spec: string, metadata = 'name: p'): string => `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}}\nspec:${spec}\n`;
const hostPid = pod(`\n  hostPID: true${GOOD}`);
const BASELINE = 'violates PodSecurity "baseline:latest": host namespaces (hostPID=true)';

describe('a Pod', () => {
  test.each<[string, string, Around, string[]]>([
    ['that keeps to the level', pod(GOOD), { labels: { enforce: 'restricted' } }, []],
    ['in a namespace without labels', hostPid, {}, []],
    ['in a namespace that takes all', hostPid, { labels: { enforce: 'privileged', warn: 'privileged' } }, []],
    ['in a namespace that nobody wrote', hostPid, { labels: { enforce: 'restricted' }, name: 'other' }, []],
    ['is refused', hostPid, { labels: { enforce: 'baseline' } }, [`refusal error spec.hostPID: ${BASELINE}`]],
    [
      'is warned of',
      hostPid,
      { labels: { warn: 'baseline' } },
      [`server-warning warning spec.hostPID: would ${BASELINE.replace('violates', 'violate')}`],
    ],
    [
      'is noted',
      hostPid,
      { labels: { audit: 'baseline' } },
      [`policy info spec.hostPID: would ${BASELINE.replace('violates', 'violate')}, which the audit log will say`],
    ],
    [
      'of another namespace',
      pod(`\n  hostPID: true${GOOD}`, 'name: p, namespace: shop'),
      { labels: { enforce: 'baseline' }, name: 'shop' },
      [`refusal error spec.hostPID: ${BASELINE}`],
    ],
    [
      'that breaks two checks',
      pod(`\n  hostPID: true\n  containers: [{name: a, image: a, securityContext: {privileged: true}}]`),
      { labels: { enforce: 'baseline' } },
      [`refusal error spec: ${BASELINE}, privileged (container "a" must not set securityContext.privileged=true)`],
    ],
    [
      'that lacks a field',
      pod(GOOD.replace('allowPrivilegeEscalation: false, ', '')),
      { labels: { enforce: 'restricted', 'enforce-version': 'v1.30' } },
      [
        'refusal error spec.containers[0].securityContext.allowPrivilegeEscalation: violates PodSecurity "restricted:v1.30": ' +
          'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)',
      ],
    ],
    [
      'in a namespace that the server refuses',
      hostPid,
      { labels: { enforce: 'Baseline' } },
      ['not evaluated: the namespace has Pod Security labels that the server refuses'],
    ],
    [
      'that earlier versions take, and later ones of the server do not',
      pod(`${GOOD.replace('image: a,', 'image: a, livenessProbe: {tcpSocket: {host: b, port: 1}},')}`),
      { labels: { enforce: 'baseline' }, versions: ['1.34', '1.33'] },
      [
        'refusal error spec.containers[0].livenessProbe.tcpSocket.host: violates PodSecurity "baseline:latest": ' +
          'probe or lifecycle host (container "a" uses probe or lifecycle host "b") [1.34]',
      ],
    ],
  ])('%s', (_name, yaml, around, expected) => {
    expect(lines(yaml, around)).toEqual(expected);
  });

  test('with a variable on which the answer rests', () => {
    const unit: Unit = { id: '.', kind: 'flux', root: '.', versions: ['1.37'], state: 'as-applied', substituted: true };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux.
    const given = pod(GOOD.replace('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: "${ESCALATE}"'));
    const labels = { enforce: 'restricted' };
    expect(lines(given, { labels, unit })).toEqual(['not evaluated: a value that it rests on has a variable that is filled in later']);
    expect(lines(pod(`\n  hostPID: true${GOOD}`), { labels, unit })).toHaveLength(1);
  });
});

describe('a template', () => {
  const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    spec: {hostPID: true, containers: []}`;
  const at = 'spec.template.spec.hostPID';

  test.each<[string, Around['labels'], string[]]>([
    [
      'whose pods are refused, said once',
      { enforce: 'baseline', audit: 'baseline' },
      [`policy error ${at}: its pods will be refused: ${BASELINE}`],
    ],
    [
      'that is warned of and noted',
      { audit: 'restricted', warn: 'baseline' },
      [
        `server-warning warning ${at}: would violate PodSecurity "baseline:latest": host namespaces (hostPID=true)`,
        `policy info ${at}: would violate PodSecurity "restricted:latest": host namespaces (hostPID=true), which the audit log will say`,
      ],
    ],
  ])('%s', (_name, labels, expected) => {
    expect(lines(deployment, { labels: labels ?? {} })).toEqual(expected);
  });
});

test.each([
  ['enforce: baseline', []],
  ['enforce: Baseline', ['pod-security.kubernetes.io/enforce: "Baseline" must be one of privileged, baseline, restricted']],
  ['warn-version: v1.037', ['pod-security.kubernetes.io/warn-version: "v1.037" must be "latest" or "v1.x"']],
  ['audit-version: latest', []],
])('a Namespace with the label %s', (label, expected) => {
  const namespace = resourceOf(`apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {pod-security.kubernetes.io/${label}}}\n`);
  const context = {
    versions: ['1.37'],
    inventory: collect([]),
    kinds: createKindCatalogue(schemas, []),
    ...NOTHING_AROUND,
    options: {},
  };
  const found = [...namespaceLabels.check(namespace, context)];
  expect(found.map((one) => ('notEvaluated' in one ? one.notEvaluated : `${one.path?.at(-1)}: ${one.message}`))).toEqual(expected);
});

interface Entry {
  readonly id: string;
  readonly manifest: string;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly verdict: { readonly admitted: boolean; readonly message: string; readonly warnings?: readonly string[] };
}

const suite = join(shared, 'suites/apiserver/psa/psa.jsonl');
test.skipIf(!existsSync(suite))('messages are those of a real API server (../shared/suites/apiserver/psa)', () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const line of readFileSync(suite, 'utf8').trimEnd().split('\n')) {
    const { id, manifest, namespaceLabels: labels, verdict } = JSON.parse(line) as Entry;
    const expected = /violates PodSecurity .*/.exec(verdict.message)?.[0] ?? verdict.warnings?.find((one) => one.includes('would violate'));
    if (expected === undefined && !verdict.admitted) continue;
    const short = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key.replace(/^.*\//, ''), value]));
    const mode = verdict.admitted ? 'server-warning' : 'refusal';
    const [problem] = judge(resourceOf(manifest), { labels: short }).filter(
      (one) => 'notEvaluated' in one || one.class !== 'policy' || verdict.admitted,
    );
    const said =
      problem === undefined || 'notEvaluated' in problem
        ? ''
        : problem.message.replace('its pods will be refused: violates', 'would violate');
    // A warning may be cut off after 256 characters.
    const plain = expected?.replace(/^299 - "(.*?)"?$/, '$1').replaceAll('\\"', '"') ?? '';
    if (!said.startsWith(plain) || (plain === '') !== (said === '')) wrong.push(`${id} ${mode}\n  ${said}\n  ${plain}`);
    else compared++;
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(200);
});

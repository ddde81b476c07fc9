import { type CelRuleConfig, ConfigError, type Problem, parseConfig, type Resource, type RuleContext, toPointer } from '@plumbline/core';
import { expect, test } from 'vitest';
import { object, patterns } from '../test/given.ts';
import { createCelRules } from './cel-rules.ts';

const POD = object('{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {hostNetwork: true, containers: [{image: a}, {image: b}]}}');

function rulesOf(text: string): ReturnType<typeof createCelRules> {
  const config = parseConfig({ path: 'plumbline.yaml', bytes: new TextEncoder().encode(text) });
  return createCelRules(config.celRules ?? [], patterns);
}

function said(rule: string, judged = POD): readonly string[] {
  const [made] = rulesOf(`celRules:\n  - {id: a, kinds: [Pod], ${rule}}\n`);
  // Of a resource such a rule reads the object, and of the context nothing.
  const problems = [...(made?.check({ object: judged } as Resource, {} as RuleContext) ?? [])] as readonly Problem[];
  return problems.map(({ path, message, related }) =>
    [`${path === undefined ? '' : toPointer(path)}: ${message}`, ...(related ?? []).map((one) => one.message)].join(' | '),
  );
}

test.each<[string, readonly string[]]>([
  ['expression: "object.spec.hostNetwork"', []],
  ['expression: "!object.spec.hostNetwork", message: bad', ['/spec/hostNetwork: bad | object.spec.hostNetwork is true']],
  [
    'expression: "!object.spec.hostNetwork"',
    ['/spec/hostNetwork: failed expression: !object.spec.hostNetwork | object.spec.hostNetwork is true'],
  ],
  [
    `expression: "object.spec.containers.all(c, c.image != 'b')", messageExpression: "'of ' + object.metadata.name"`,
    ['/spec/containers/1/image: of web | object.spec.containers[1].image is "b"'],
  ],
  [
    'expression: "!object.spec.hostNetwork", message: bad, messageExpression: "object.none + \'\'"',
    ['/spec/hostNetwork: bad | object.spec.hostNetwork is true'],
  ],
  [
    'expression: "!object.spec.hostNetwork", message: bad, path: "spec.containers[0].image"',
    ['/spec/containers/0/image: bad | object.spec.hostNetwork is true'],
  ],
  ['expression: "!object.spec.hostNetwork", message: bad, path: /metadata/a~1b', ['/metadata/a~1b: bad | object.spec.hostNetwork is true']],
  [
    `expression: "!object.spec.hostNetwork", message: bad, path: 'metadata.annotations["a.b/c"]'`,
    ['/metadata/annotations/a.b~1c: bad | object.spec.hostNetwork is true'],
  ],
  [
    'expression: object.spec.none == 1, message: bad',
    ['/spec/none: the expression fails: no such key: none | object.spec.none is not there'],
  ],
])('%s', (rule, expected) => {
  expect(said(rule)).toEqual(expected);
});

test('a rule says of itself what the configuration does', () => {
  const [plain, full] = rulesOf(
    "celRules:\n  - {id: a, kinds: ['*'], expression: 'true'}\n  - {id: b, kinds: [apps/Deployment], expression: 'true', title: t, remedy: r, severity: info, class: quality}\n",
  );
  expect(plain).toMatchObject({ id: 'cel/a', title: 'the expression of cel/a holds', severity: 'error', class: 'policy', kinds: ['*'] });
  expect(full).toMatchObject({ id: 'cel/b', title: 't', remedy: 'r', severity: 'info', class: 'quality', kinds: ['apps/Deployment'] });
});

test('what is wrong is said with its place in the configuration, all of it at once', () => {
  const text = `celRules:
  - id: a
    kinds: [Pod]
    expression: |
      object.spec.x
        && nope
  - id: b
    kinds: [Pod]
    expression: size(object.spec)
    path: a..b
  - id: b
    kinds: [Pod]
    expression: "true"
    messageExpression: 'size("x")'
`;
  expect(() => rulesOf(text)).toThrow(
    new ConfigError(
      'config-invalid',
      [
        "plumbline.yaml:6:12: cel/a: undeclared reference to 'nope' (in container '')",
        'plumbline.yaml:10:11: cel/b: "a..b" is no path, as spec.replicas or /spec/replicas',
        'plumbline.yaml:9:17: cel/b: it must give true or false, not int',
        'plumbline.yaml:11:9: there are two rules cel/b',
        'plumbline.yaml:14:25: cel/b: it must give a text, not int',
      ].join('\n'),
    ),
  );
});

test('rules that were made in code have no place', () => {
  const rule: CelRuleConfig = { id: 'a', kinds: ['Pod'], expression: 'nope' };
  expect(() => createCelRules([rule], patterns)).toThrow("cel/a: undeclared reference to 'nope' (in container '')");
  expect(createCelRules([], patterns)).toEqual([]);
});

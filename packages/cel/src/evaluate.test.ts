import { describe, expect, test } from 'vitest';
import type { Bindings, PatternLibrary } from './api.ts';
import { createEnvironment } from './environment.ts';
import { AUTHORIZER_TYPE } from './library/authz.ts';
import { typeName } from './types/format-type.ts';
import { DYN, INT, type ObjectType, STRING } from './types/type.ts';
import { formatValue } from './value/format-value.ts';
import { LazyObject } from './value/lazy-object.ts';

/** What JavaScript's own patterns do, for those that both languages read alike. */
const patterns: PatternLibrary = {
  compile(source) {
    const own = new RegExp(source, 'g');
    return {
      test: (text) => new RegExp(source).test(text),
      matcher(text) {
        own.lastIndex = 0;
        let match: RegExpExecArray | null = null;
        return {
          find() {
            match = own.exec(text);
            if (match?.[0] === '') own.lastIndex += 1;
            return match !== null;
          },
          group: () => match?.[0] ?? null,
          start: () => match?.index ?? -1,
          end: () => (match === null ? -1 : match.index + match[0].length),
        };
      },
    };
  },
};

const environment = createEnvironment({
  minor: 37,
  patterns: () => patterns,
  canMutate: true,
  variables: [
    { name: 'object', type: DYN },
    { name: 'n', type: INT },
    { name: 'authorizer', type: AUTHORIZER_TYPE },
  ],
});

const object = {
  metadata: { labels: { app: 'web', 'app.kubernetes.io/name': 'shop' } },
  spec: { replicas: 5, ratio: 1.5, big: 9_223_372_036_854_775_807n, list: [1, 2, 3], name: 'web', nothing: null, namespace: 'x' },
};

function evaluated(text: string, bindings: Bindings = { object, n: 3 }): string {
  const compilation = environment.compile(text);
  if (!compilation.ok) return `${compilation.stage}: ${compilation.issues.map(({ message }) => message).join('; ')}`;
  const evaluation = compilation.program.evaluate(bindings);
  const shown = evaluation.ok ? formatValue(evaluation.value) : `${evaluation.error.class}: ${evaluation.error.message}`;
  return `${shown} (${typeName(compilation.program.type)}, ${evaluation.cost})`;
}

// Values, types and costs as cel-go 0.29.2 gives them in Kubernetes 1.37's environment.
describe('values, types and costs', () => {
  test.each([
    ['object.spec.replicas + 1', '6 (int, 4)'],
    ['object.spec.big', '9223372036854775807 (dyn, 3)'],
    ['object.spec.big + 1', 'runtime: integer overflow (int, 4)'],
    ['object.spec.ratio * 2.0', '3 (double, 4)'],
    ['object.spec.replicas == 5.0', 'true (bool, 4)'],
    ['object.spec.list == [1.0, 2.0, 3.0]', 'true (bool, 4)'],
    ['object.spec.namespace', 'x (dyn, 3)'],
    ["object.metadata.labels['app.kubernetes.io/name']", 'shop (dyn, 4)'],
    ['has(object.spec.nothing) && object.spec.nothing == null', 'true (bool, 6)'],
    ['object.spec.missing', 'runtime: no such key: missing (dyn, 3)'],
    ['object.missing || true', 'true (bool, 2)'],
    ['object.missing && true', 'runtime: no such key: missing (bool, 2)'],
    ['object.spec.list[5]', 'runtime: index out of bounds: 5 (dyn, 4)'],
    ['object.spec.?missing.?x.orValue(7)', '7 (dyn, 2)'],
    ['n in [1, 2, 3]', 'true (bool, 1)'],
    ['n / 0', 'runtime: division by zero (int, 2)'],
    ['9223372036854775807 + n', 'runtime: integer overflow (int, 2)'],
    ['-9223372036854775808 % -1', 'runtime: integer overflow (int, 1)'],
    ['5u - 6u', 'runtime: unsigned integer overflow (uint, 1)'],
    ['dyn(1) == 1u && dyn(1u) == 1.0', 'true (bool, 2)'],
    ["'😀abc'.size() + '😀abc'.indexOf('a')", '5 (int, 2)'],
    ["'hello'.replace('', '-', 2)", '-h-ello (string, 1)'],
    ['[3, 1, 2].sortBy(x, -x)', '[3, 2, 1] (list(int), 74)'],
    ["{'a': 1, 'b': 2}.transformMap(k, v, v > 1, k + '!')", '{b: b!} (map(string, string), 10)'],
    ["['a', 'a'].transformMapEntry(i, v, {v: i})", 'runtime: insert failed: key a already exists (map(string, int), 69)'],
    ['optional.of(1).optMap(x, x + 1).value()', '2 (int, 8)'],
    ["string(timestamp('2024-02-29T23:30:00+05:30') + duration('1h'))", '2024-03-01T00:30:00+05:30 (string, 2)'],
    ["timestamp('2024-01-01T00:00:00Z').getHours('America/New_York')", '19 (int, 1)'],
    ["timestamp('2024-01-01T00:00:00Z').getHours('-01:30')", '22 (int, 1)'],
    ["timestamp('2024-01-01T00:00:00Z').getHours('us/central')", 'runtime: unknown time zone us/central (int, 1)'],
    ["timestamp('2024-01-01T00:00:00Z').getHours('a:b')", 'runtime: strconv.Atoi: parsing "a": invalid syntax (int, 1)'],
    ["timestamp('2024-01-01T1:00:00Z').getHours()", '1 (int, 1)'],
    ["double('1_0')", '10 (double, 0)'],
    ['size({[1]: 1, [2]: 2})', '2 (int, 1)'],
    ["quantity('1.5Gi').sub(quantity('512Mi')).compareTo(quantity('1Gi'))", '0 (int, 5)'],
    ["cidr('10.0.0.0/8').containsIP('10.1.2.3') && !isIP('01.2.3.4')", 'true (bool, 5)'],
    ["url('https://user@h.io:8443/a%20b?x=1&x=2').getQuery()['x'].join()", '12 (string, 8)'],
    ["semver('v1.2', true).isLessThan(semver('1.10.0-rc.1'))", 'true (bool, 4)'],
    ["'%s is %.1f'.format(['x', 1.25])", 'x is 1.2 (string, 1)'],
    ["'aab'.findAll('a*')", '[aa, ] (list(string), 1)'],
    ["format.dns1123Label().validate('A').hasValue()", 'true (bool, 10)'],
    ['Object{spec: Object.spec{replicas: n}}.spec.replicas', '3 (dyn, 84)'],
    ["jsonpatch.escapeKey('a/b~c')", 'a~1b~0c (string, 1)'],
    ['type(n) == int', 'true (bool, 3)'],
  ])('%s', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });
});

describe('what does not compile, in the server’s words', () => {
  test.each([
    ["1 == 'a'", "check: found no matching overload for '_==_' applied to '(int, string)'"],
    ["'a'.startsWith(1)", "check: found no matching overload for 'startsWith' applied to 'string.(int)'"],
    ['x', "check: undeclared reference to 'x' (in container '')"],
    ["[1, 'a']", "check: expected type 'int' but found 'string'"],
    ['n.x', "check: type 'int' does not support field selection"],
    ["duration('x')", 'check: invalid duration argument'],
    ["'%d'.format(['a'])", 'check: error during formatting: decimal clause can only be used on integers, was given string'],
    ["int('x')", "program: type conversion error from 'string' to 'int'"],
    [
      'cel.bind(x, 1, x)',
      "check: undeclared reference to 'cel' (in container ''); undeclared reference to 'bind' (in container ''); undeclared reference to 'x' (in container ''); undeclared reference to 'x' (in container '')",
    ],
  ])('%s', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });
});

test('a minor has the libraries that it has', () => {
  const compiles = (minor: number, text: string): boolean => createEnvironment({ minor, variables: [] }).compile(text).ok;
  const since: readonly (readonly [number, string])[] = [
    [28, '1 < 1.5'],
    [28, '[1][?0].hasValue()'],
    [29, 'sets.contains([1], [1])'],
    [30, "isIP('x')"],
    [31, "format.uri().validate('x').hasValue()"],
    [32, '[1].all(i, v, true)'],
    [33, "isSemver('1.0.0')"],
    [34, '[1].sort() == [1]'],
    [37, '[1].includes(1)'],
  ];
  for (const [minor, text] of since) expect([text, compiles(minor, text), compiles(minor - 1, text)]).toEqual([text, true, false]);
});

test('other dialects’ extensions', () => {
  const extended = createEnvironment({ variables: [], extensions: ['bindings', 'encoders', 'math'] });
  const value = (text: string): string => {
    const compilation = extended.compile(text);
    if (!compilation.ok) return compilation.message;
    const evaluation = compilation.program.evaluate({});
    return evaluation.ok ? formatValue(evaluation.value) : evaluation.error.message;
  };
  expect(value('cel.bind(x, 2, x * x)')).toBe('4');
  expect(value('math.greatest(1, 3, 2)')).toBe('3');
  expect(value("base64.encode(b'hi') + string(base64.decode('aGk'))")).toBe('aGk=hi');
});

describe('what ends an evaluation', () => {
  const nested = '[1,2,3,4,5,6,7,8,9,10]';
  const hostile = `${nested}.all(a, ${nested}.all(b, ${nested}.all(c, ${nested}.all(d, ${nested}.all(e, ${nested}.all(f, true))))))`;

  test('its cost', () => {
    expect(evaluated(hostile)).toMatch(/^cost-limit: operation cancelled: actual cost limit exceeded \(bool, 100000\d\)$/);
    expect(evaluated('lists.range(1000000000).size()')).toMatch(/^cost-limit: /);
  });

  test('whoever asked for it', () => {
    const compilation = environment.compile(hostile);
    if (!compilation.ok) throw new Error(compilation.message);
    const evaluation = compilation.program.evaluate({}, { isCancelled: () => true });
    expect(evaluation.ok ? '' : evaluation.error.class).toBe('cancelled');
  });

  test('what comes of it is too large', () => {
    const text = 'x'.repeat(40_000);
    expect(evaluated(`'${text}'.replace('', '${text}').size()`)).toMatch(/^cost-limit: operation cancelled: the result is too long/);
  });
});

describe('an authorizer', () => {
  const check = "authorizer.group('apps').resource('deployments').namespace('x').check('get').allowed()";

  test('that is not known makes a verdict not evaluable, unless the verdict does not hang on it', () => {
    expect(evaluated(check)).toMatch(/^not-evaluable: /);
    expect(evaluated(`${check} || n == 3`)).toBe('true (bool, 350007)');
    expect(evaluated(`${check} || object.missing`)).toMatch(/^not-evaluable: /);
  });

  test('that is known is asked', () => {
    const asked: unknown[] = [];
    const authorizer = {
      authorize(request: { readonly verb: string; readonly resource: string; readonly namespace: string }) {
        asked.push([request.verb, request.resource, request.namespace]);
        return { isAllowed: true, reason: 'because', error: '' };
      },
    };
    const compilation = createEnvironment({ variables: [{ name: 'authorizer', type: AUTHORIZER_TYPE }], authorizer }).compile(check);
    if (!compilation.ok) throw new Error(compilation.message);
    const evaluation = compilation.program.evaluate({});
    expect([evaluation.ok && evaluation.value, asked]).toEqual([true, [['get', 'deployments', 'x']]]);
  });
});

test('fields that are found when asked for, each once', () => {
  const asked: string[] = [];
  const type: ObjectType = { kind: 'object', name: 'kubernetes.variables', fields: new Map([['a', { name: 'a', type: STRING }]]) };
  const variables = new LazyObject(type, (name) => {
    asked.push(name);
    return 'found';
  });
  const compilation = createEnvironment({ variables: [{ name: 'variables', type }] }).compile("variables.a + variables.a == 'foundfound'");
  if (!compilation.ok) throw new Error(compilation.message);
  const evaluation = compilation.program.evaluate({ variables });
  expect([evaluation.ok && evaluation.value, asked]).toEqual([true, ['a']]);
});

test('names that every JavaScript object has are members like others', () => {
  expect(evaluated('has(object.constructor) || has(object.toString) || has(object.__proto__)', { object: {} })).toBe('false (bool, 3)');
  expect(evaluated('object.constructor', { object: { constructor: 'x' } })).toBe('x (dyn, 2)');
});

test('the values of the parts of an expression', () => {
  const compilation = environment.compile("object.spec.list.all(x, x < 2) || object.spec.name == 'api'");
  if (!compilation.ok) throw new Error(compilation.message);
  const { steps, evaluation } = compilation.program.explain({ object });
  expect(evaluation.ok && evaluation.value).toBe(false);
  const shown = steps.map(({ text, result }) => `${text} = ${'value' in result ? formatValue(result.value) : result.error.message}`);
  expect(shown.filter((step) => !step.startsWith('object =') && !step.startsWith('object.spec ='))).toEqual([
    'object.spec.list = [1, 2, 3]',
    'x = 2',
    'x < 2 = false',
    'object.spec.list.all(x, x < 2) = false',
    'object.spec.name = web',
    "object.spec.name == 'api' = false",
    "object.spec.list.all(x, x < 2) || object.spec.name == 'api' = false",
  ]);
});

test('where an evaluation failed', () => {
  const text = "object.spec.name == 'x' || object.spec.list[7] == 1";
  const compilation = environment.compile(text);
  if (!compilation.ok) throw new Error(compilation.message);
  const evaluation = compilation.program.evaluate({ object });
  const range = evaluation.ok ? undefined : evaluation.error.range;
  expect(text.slice(range?.start, range?.end)).toBe('object.spec.list[7]');
});

import { ConfigError, type Pack } from '@plumbline/core';
import { expect, test } from 'vitest';
import { createPlumbline } from './index.ts';

const RULE = {
  id: 'team/label',
  title: 't',
  why: 'w',
  remedy: 'r',
  severity: 'error',
  class: 'policy',
  set: 'core',
  kinds: ['ConfigMap'],
  check: () => [],
};

/** What is said of rules that nobody typechecked. */
function saidOf(...rules: readonly unknown[]): string {
  try {
    createPlumbline({ packs: [{ name: 'team', rules: rules as Pack['rules'] }] });
    return 'taken';
  } catch (error) {
    if (error instanceof ConfigError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

test('rules from outside that hold to the shape are taken', () => {
  expect(saidOf(RULE)).toBe('taken');
  expect(saidOf(RULE, { ...RULE, id: 'team/file', kinds: ['any/File'], check: undefined, checkFile: () => [] })).toBe('taken');
  const { kinds, check, ...info } = RULE;
  expect(saidOf({ ...info, id: 'team/pass', members: [info, { ...info, id: 'team/other' }], kinds, check })).toBe('taken');
});

test.each([
  [null, 'rule 1 is not an object'],
  [{ ...RULE, id: undefined }, 'rule 1 needs "id", a text of the form pack/name'],
  [{ ...RULE, id: 'label' }, 'rule "label" needs "id", a text of the form pack/name'],
  [{ ...RULE, id: 'meta/duplicate-resource' }, 'rule "meta/duplicate-resource" has the id of another rule'],
  [{ ...RULE, id: 'schema/unknown-field' }, 'rule "schema/unknown-field" has the id of another rule'],
  [{ ...RULE, id: 'engine/rule-threw' }, 'rule "engine/rule-threw" has the id of another rule'],
  [{ ...RULE, remedy: 3 }, 'rule "team/label" needs "remedy", a text'],
  [{ ...RULE, severity: 'high' }, 'rule "team/label" needs "severity", one of error, warning, info'],
  [{ ...RULE, class: 'refusal' }, 'rule "team/label" needs "class", one of policy, quality'],
  [{ ...RULE, set: 'rec' }, 'rule "team/label" needs "set", one of core, recommended, strict, optional'],
  [{ ...RULE, kinds: 'ConfigMap' }, 'rule "team/label" needs "kinds", a list of texts: apps/Deployment, Pod, GROUP/*, *'],
  [{ ...RULE, check: undefined }, 'rule "team/label" lacks "check", a generator of problems'],
  [{ ...RULE, kinds: ['any/File'] }, 'rule "team/label" lacks "checkFile", a generator of problems'],
  [{ ...RULE, members: [{ ...RULE, title: undefined }] }, 'rule "team/label" has a member that needs "title", a text'],
])('%j: %s', (rule, said) => {
  expect(saidOf(rule)).toBe(`config-invalid: pack "team": ${said}`);
});

test('an id is one rule only', () => {
  expect(saidOf(RULE, RULE)).toBe('config-invalid: pack "team": rule "team/label" has the id of another rule');
});

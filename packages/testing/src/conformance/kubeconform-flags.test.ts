import { expect, test } from 'vitest';
import { translate } from './kubeconform-flags.ts';

test('a command line of kubeconform is read', () => {
  expect(
    translate(
      "cat a.yaml | bin/kubeconform -summary -strict -skip A,B --ignore-filename-pattern '.*x y.*' -kubernetes-version 1.34.1 -xyz -",
    ),
  ).toEqual({
    files: ['-'],
    stdinFrom: 'a.yaml',
    isStrict: true,
    ignoresMissingSchemas: false,
    version: '1.34',
    skippedKinds: ['A', 'B'],
    ignoredNames: [/.*x y.*/],
    unknownFlags: ['-xyz'],
  });
});

test('what has no counterpart says why', () => {
  expect(translate('bin/kubeconform -schema-location default a.yaml')).toMatch(/schemas come from/);
});

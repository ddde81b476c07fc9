import { expect, test } from 'vitest';
import { lackingFolder, translate } from './kubeconform-flags.ts';

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
    schemaLocations: [],
  });
});

test('what has no counterpart says why', () => {
  expect(translate('bin/kubeconform -reject Pod a.yaml')).toMatch(/rejected kinds/);
});

test('a location whose folder is not there cannot be judged with', () => {
  const lacking = (location: string): string | undefined => {
    const call = translate(`bin/kubeconform -schema-location default -schema-location '${location}' a.yaml`);
    return typeof call === 'string' ? call : lackingFolder(call, import.meta.dirname);
  };
  expect(lacking('suites/{{ .ResourceKind }}.json')).toBe(undefined);
  expect(lacking('./nothing/here/{{ .ResourceKind }}.json')).toBe('./nothing/here');
  expect(lacking('https://example.com/{{ .ResourceKind }}.json')).toBe(undefined);
});

import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Pack, Rule, RuleInfo } from '@plumbline/core';
import { describe, expect, test } from 'vitest';

export interface PackTestOptions {
  /** Ids of rules that can have none, because no manifest alone shows what they say. */
  readonly withoutExamples?: readonly string[];
}

/**
 * Registers the tests that every pack must pass: one file and one test a rule under `rules/`, ids that begin with the
 * pack's name, and texts that `explain` and the README are made of. `source` is the URL of the test file in the pack's `src`.
 */
export function testPack(pack: Pack, source: string, options: PackTestOptions = {}): void {
  const folder = fileURLToPath(new URL('./rules/', source));
  describe(`pack ${pack.name}`, () => {
    test('each rule has a file and a test, each file a rule', () => {
      const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
      const names = pack.rules.map(fileNameOf);
      expect(files.filter((name) => !name.endsWith('.test.ts')).sort()).toEqual(names.map((name) => `${name}.ts`).sort());
      expect(files.filter((name) => name.endsWith('.test.ts')).sort()).toEqual(names.map((name) => `${name}.test.ts`).sort());
    });
    test('ids are unique, and say the pack', () => {
      const ids = pack.rules.flatMap(infosOf).map((info) => info.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(new RegExp(`^${pack.name}/[a-z0-9]+(-[a-z0-9]+)*$`));
    });
    for (const info of pack.rules.flatMap(infosOf)) {
      test(`${info.id} explains itself`, () => {
        expect(textProblems(info, options.withoutExamples?.includes(info.id) ?? false)).toEqual([]);
      });
    }
  });
}

function fileNameOf(rule: Rule): string {
  return rule.id.slice(rule.id.indexOf('/') + 1);
}

function infosOf(rule: Rule): readonly RuleInfo[] {
  return rule.members ?? [rule];
}

/** What is wrong with the texts of a rule; each is a sentence or a clause, in plain words. */
function textProblems(info: RuleInfo, isWithoutExamples: boolean): readonly string[] {
  const problems: string[] = [];
  for (const key of ['title', 'why', 'remedy'] as const) {
    if (info[key].trim() === '') problems.push(`${key} is empty`);
    else if (info[key] !== info[key].trim()) problems.push(`${key} has spaces around it`);
  }
  if (info.title.length > 120) problems.push('title is longer than 120 characters');
  if (/[.!]$/.test(info.title)) problems.push('title ends in a full stop');
  if ((info.examples === undefined) !== isWithoutExamples)
    problems.push(isWithoutExamples ? 'it has examples after all' : 'it has no examples');
  if (info.class === 'refusal' && info.severity !== 'error') problems.push('a refusal is an error');
  return problems;
}

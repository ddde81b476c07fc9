import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generalHelp, verbHelp } from './help.ts';
import { CHECK, VERBS } from './verbs.ts';

test('help fits a terminal of 80 columns and names every flag', () => {
  for (const text of [generalHelp(), ...VERBS.map(verbHelp)]) {
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toContain('undefined');
  }
  for (const verb of VERBS) for (const { name } of verb.flags) expect(verbHelp(verb)).toContain(`--${name}`);
});

test('the page of the command names every flag of check', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
  for (const { name } of CHECK.flags) if (name !== 'help') expect(page).toContain(`\`--${name}`);
});

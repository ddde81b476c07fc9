import { expect, test } from 'vitest';
import { generalHelp, verbHelp } from './help.ts';
import { VERBS } from './verbs.ts';

test('help fits a terminal of 80 columns and names every flag', () => {
  for (const text of [generalHelp(), ...VERBS.map(verbHelp)]) {
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toContain('undefined');
  }
  for (const verb of VERBS) for (const { name } of verb.flags) expect(verbHelp(verb)).toContain(`--${name}`);
});

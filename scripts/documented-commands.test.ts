import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseArguments } from '../packages/cli/src/parse-arguments.ts';
import { run } from '../packages/cli/src/run.ts';
import { VERBS } from '../packages/cli/src/verbs.ts';
import { makeSampleRepository } from './sample-repository.mjs';

const root = join(import.meta.dirname, '..');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];

interface Line {
  readonly page: string;
  readonly text: string;
  /** In a block of shell, so that somebody may paste it. */
  readonly isShell: boolean;
}

const lines = pages.flatMap((page) => linesOf(page, readFileSync(join(root, page), 'utf8')));
const examples = VERBS.flatMap((verb) =>
  verb.examples.map(
    ({ line }): Line => ({ page: `plumbline ${verb.name} --help`, text: line.slice(line.indexOf('plumbline ')), isShell: false }),
  ),
);

/** The command lines of a page: of its blocks of shell, and those that stand in a sentence. */
function linesOf(page: string, text: string): readonly Line[] {
  const found: Line[] = [];
  const prose = text.replace(/^```(\w*)\n([\s\S]*?)^```/gm, (_, language: string, block: string) => {
    if (language === 'sh' || language === '')
      for (const line of block.split('\n'))
        for (const [command] of line.matchAll(/(?:^|(?<=[|;&] |exec |\$ ))plumbline .*/g))
          found.push({ page, text: command, isShell: language === 'sh' });
    return '';
  });
  for (const [, command = ''] of prose.matchAll(/`(?:exec )?(plumbline [^`]+)`/g)) found.push({ page, text: command, isShell: false });
  return found;
}

/** The words of the first command of a line, without what the shell makes of the rest. */
function wordsOf(line: string): readonly string[] {
  const command =
    line
      .replace(/\\\|/g, '¦')
      .replace(/\s+#.*$/, '')
      .split(/\s(?:\||>|&&|;)\s/)[0] ?? '';
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([word, single, double]) => single ?? double ?? word);
}

/** What the words of a page stand for: brackets and dots are left out, and the first of several names is taken. */
function withoutPlaceholders(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => word.replace(/[[\]…]/g, '').split('¦')[0] ?? '').filter((word) => word !== '');
}

describe.each([...lines, ...examples])('$page: $text', ({ text }) => {
  test('is a command that there is', () => {
    const [, name, ...rest] = withoutPlaceholders(wordsOf(text));
    const verb = VERBS.find((one) => one.name === name);
    expect(verb?.name).toBe(name);
    if (verb === undefined) return;
    // A placeholder stands for one of the choices.
    const typed = rest.map((word, index) => {
      const flag = verb.flags.find((one) => rest[index - 1] === `--${one.name}`);
      return /^[A-Z]+$/.test(word) ? (flag?.choices?.[0] ?? word) : word;
    });
    parseArguments(typed, verb);
  });
});

test('there is something to try', () => {
  expect(lines.filter(({ isShell }) => isShell).length).toBeGreaterThan(8);
  expect(examples.length).toBeGreaterThan(20);
});

/** What a clone has no right, or no way, to ask: clusters, and what was fetched or made elsewhere. */
const ELSEWHERE = /cluster:|snapshot:|https?:|-o |> /;
const LATER = /^plumbline (?:schema|init|snapshot|test|fix)\b/;

describe('on the sample repository', () => {
  const copy = mkdtempSync(join(tmpdir(), 'plumbline-docs-'));
  const here = process.cwd();
  beforeAll(() => {
    makeSampleRepository(join(root, 'fixtures/repos/shop'), copy);
    const git = (...args: string[]): void => void execFileSync('git', args, { cwd: copy, stdio: 'ignore' });
    git('tag', 'v1.4', 'HEAD~1');
    // Something to compare with: what another folder holds is what there is.
    writeFileSync(join(copy, 'actual.yaml'), readFileSync(join(copy, 'platform/rbac.yaml')));
    process.chdir(copy);
  });
  afterAll(() => {
    process.chdir(here);
    rmSync(copy, { recursive: true, force: true });
  });
  const pasted = lines.filter(({ text, isShell }) => isShell && !ELSEWHERE.test(text) && !LATER.test(text));
  test.each(pasted)(
    '$page: $text runs',
    async ({ text }) => {
      let out = '';
      let err = '';
      const code = await run(wordsOf(text).slice(1), {
        out: (said) => {
          out += said;
          return true;
        },
        err: (said) => {
          err += said;
          return true;
        },
        isOutTerminal: false,
        isErrTerminal: false,
        width: 0,
      });
      expect([0, 1], err).toContain(code);
      expect(out, err).not.toBe('');
    },
    120_000,
  );
});

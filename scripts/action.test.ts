import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';

// Runs the shell script of action.yml as a runner would, with an npx that writes down what it was given.

const action = parse(readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8'));
const [step] = action.runs.steps;
const folder = mkdtempSync(join(tmpdir(), 'plumbline-action-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  join(folder, 'npx'),
  `#!/bin/bash
printf '%s\\n' "$@" > "${folder}/given"
for word in "$@"; do case "$word" in --format=github=*) echo '::error file=a.yaml::x' > "\${word#--format=github=}";; esac; done
echo 'the text'
exit 1
`,
);
chmodSync(join(folder, 'npx'), 0o755);

function run(inputs: Readonly<Record<string, string>>): {
  readonly code: number | null;
  readonly out: string;
  readonly given: string[];
  readonly output: string;
} {
  const env: Record<string, string> = {};
  for (const [name, expression] of Object.entries<string>(step.env)) {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
    env[name] = inputs[input] ?? action.inputs[input].default;
  }
  const output = join(folder, 'output');
  rmSync(output, { force: true });
  writeFileSync(output, '');
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    encoding: 'utf8',
    env: { ...env, PATH: `${folder}:${process.env.PATH}`, RUNNER_TEMP: folder, GITHUB_OUTPUT: output },
  });
  return {
    code: status,
    out: stdout,
    given: readFileSync(join(folder, 'given'), 'utf8').trimEnd().split('\n'),
    output: readFileSync(output, 'utf8'),
  };
}

test('the default version is that of the package', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../packages/cli/package.json'), 'utf8'));
  expect(action.inputs.version.default).toBe(manifest.version);
});

test('the defaults', () => {
  const { code, out, given, output } = run({});
  expect(code).toBe(1);
  // What the text quotes is no command; the annotations are.
  expect(out.replaceAll(/plumbline-[0-9a-f]{32}/g, 'TOKEN')).toBe('::stop-commands::TOKEN\nthe text\n::TOKEN::\n::error file=a.yaml::x\n');
  expect(given.slice(0, 3)).toEqual(['--yes', `@plumbline/cli@${action.inputs.version.default}`, 'check']);
  expect(given.slice(3)).toEqual([
    '--format',
    'text',
    `--format=github=${folder}/plumbline-annotations.txt`,
    '--color',
    'always',
    '--format=sarif=plumbline.sarif',
    '--',
  ]);
  expect(output).toBe('sarif-file=plumbline.sarif\n');
});

test('inputs are words, never commands', () => {
  const { given } = run({ sources: 'apps/a b\n$(touch pwned)\n', 'kubernetes-version': '1.34,1.35', preset: 'core', 'sarif-file': '' });
  expect(given.slice(-7)).toEqual(['--kubernetes-version', '1.34,1.35', '--preset', 'core', '--', 'apps/a b', '$(touch pwned)']);
  expect(existsSync('pwned')).toBe(false);
});

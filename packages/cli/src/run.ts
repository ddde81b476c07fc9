import { ConfigError, closest } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { generalHelp, verbHelp } from './help.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';
import { type Arguments, has, type Verb } from './verb.ts';
import { runCheck } from './verbs/check.ts';
import { VERBS } from './verbs.ts';
import { VERSION } from './version.ts';

type Runner = (given: Arguments, terminal: Terminal) => Promise<number>;

// The code of a verb is loaded when it is asked for; nearly every run is the gate.
const RUNNERS: Readonly<Record<string, () => Promise<Runner>>> = {
  check: async () => runCheck,
  build: async () => (await import('./verbs/build.ts')).runBuild,
  graph: async () => (await import('./verbs/graph.ts')).runGraph,
  environments: async () => (await import('./verbs/environments.ts')).runEnvironments,
  rules: async () => (await import('./verbs/rules.ts')).runRules,
  explain: async () => (await import('./verbs/explain.ts')).runExplain,
  drift: async () => (await import('./verbs/drift.ts')).runDrift,
  diff: async () => (await import('./verbs/drift.ts')).runDiff,
  patch: async () => (await import('./verbs/patch.ts')).runPatch,
  promote: async () => (await import('./verbs/promote.ts')).runPromote,
  rollback: async () => (await import('./verbs/rollback.ts')).runRollback,
  fix: async () => (await import('./verbs/fix.ts')).runFix,
  test: async () => (await import('./verbs/test.ts')).runPolicyTests,
  snapshot: async () => (await import('./verbs/snapshot.ts')).runSnapshot,
  schema: async () => (await import('./verbs/schema.ts')).runSchema,
  init: async () => (await import('./verbs/init.ts')).runInit,
};

/** Runs one command line and gives its exit code. Never throws. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    terminal.err(explain(error));
    return 2;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [word, ...rest] = argv;
  if (word === undefined || word === '--help' || word === '-h') {
    terminal.out(generalHelp());
    return 0;
  }
  if (word === '--version' || word === '-V') {
    terminal.out(`${VERSION}\n`);
    return 0;
  }
  if (word === 'help') {
    terminal.out(rest[0] === undefined ? generalHelp() : verbHelp(verbNamed(rest[0])));
    return 0;
  }
  const verb = verbNamed(word);
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(verbHelp(verb));
    return 0;
  }
  const given = parseArguments(rest, verb);
  const load = RUNNERS[verb.name];
  if (load === undefined || has(given, 'help')) throw new Error(`the verb ${verb.name} has no code`);
  return (await load())(given, terminal);
}

function verbNamed(word: string): Verb {
  const verb = VERBS.find(({ name }) => name === word);
  if (verb !== undefined) return verb;
  const shown = printable(JSON.stringify(word));
  if (word.startsWith('-'))
    throw new ConfigError('usage', `unknown flag ${shown}; flags come after the verb: plumbline check ${printable(word)}`);
  if (/[./\\*]/.test(word)) throw new ConfigError('usage', `unknown verb ${shown}; to judge a path: plumbline check ${printable(word)}`);
  const near = closest(
    word,
    VERBS.map(({ name }) => name),
  );
  throw new ConfigError(
    'usage',
    `unknown verb ${shown}; ${near === undefined ? 'plumbline --help lists the verbs' : `did you mean ${near}?`}`,
  );
}

/** What went wrong, for people; the stack only for those who ask. */
function explain(error: unknown): string {
  const isDebugging = (process.env.PLUMBLINE_DEBUG ?? '') !== '';
  const stack = isDebugging && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split('\n').map(printable).join('\n  ');
  if (error instanceof ConfigError) return `plumbline: ${lines}\n${stack}`;
  return `plumbline: internal error: ${lines}${isDebugging ? '' : ' (PLUMBLINE_DEBUG=1 shows where)'}\n${stack}`;
}

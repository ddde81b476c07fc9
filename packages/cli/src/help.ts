import type { Flag, Verb } from './verb.ts';
import { VERBS } from './verbs.ts';

/** What `plumbline --help` prints. */
export function generalHelp(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length)) + 2;
  return `plumbline checks the manifests of a GitOps repository before they are applied.

Usage
  plumbline VERB [...]

Verbs
${VERBS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join('\n')}

Flags
  -h, --help     show this help, or with a verb the help of the verb
  -V, --version  show the version

Begin with
  plumbline check            judge the repository you stand in
  plumbline check --help     everything that check can do
`;
}

/** What `plumbline VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const examples = Math.max(0, ...verb.examples.map(({ line }) => line.length)) + 2;
  const operands = verb.operands === '' ? '' : ` ${verb.operands}`;
  return `plumbline ${verb.name}: ${verb.summary}

Usage
  plumbline ${verb.name}${operands} [FLAGS]

${verb.description}

Flags
${verb.flags.map(flagHelp).join('\n')}

Examples
${verb.examples.map(({ line, what }) => `  ${line.padEnd(examples)}  # ${what}`).join('\n')}
${verb.notes === undefined ? '' : `\n${verb.notes}\n`}`;
}

const FLAG_COLUMN = 32;

function flagHelp({ name, short, value, help }: Flag): string {
  const head = `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
  return head.length + 2 > FLAG_COLUMN ? `${head}\n${' '.repeat(FLAG_COLUMN)}${help}` : `${head.padEnd(FLAG_COLUMN)}${help}`;
}

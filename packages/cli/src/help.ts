import type { Flag, Verb } from './verb.ts';
import { VERBS } from './verbs.ts';

const WIDTH = 80;
const FLAG_COLUMN = 30;

/** What `plumbline --help` prints. */
export function generalHelp(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length)) + 2;
  return `plumbline checks the manifests of a GitOps repository before they are applied.

Usage
  plumbline VERB [...]

Verbs
${VERBS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join('\n')}

Flags
  -h, --help     show this help, or after a verb the help of the verb
  -V, --version  show the version

Begin with
  plumbline check            judge the repository you stand in
  plumbline check --help     everything that check can do
`;
}

/** What `plumbline VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const operands = verb.operands === '' ? '' : ` ${verb.operands}`;
  const paragraphs = verb.description.map((paragraph) => wrapped(paragraph, 0)).join('\n\n');
  return `plumbline ${verb.name}: ${verb.summary}

Usage
  plumbline ${verb.name}${operands} [FLAGS]

${paragraphs}

Flags
${verb.flags.map(flagHelp).join('\n')}

Examples
${verb.examples.map(({ line, what }) => `  # ${what}\n  ${line}`).join('\n')}
${verb.notes === undefined ? '' : `\n${verb.notes}\n`}`;
}

function flagHelp({ name, short, value, help }: Flag): string {
  const head = `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;
  const text = wrapped(help, FLAG_COLUMN);
  return head.length + 2 > FLAG_COLUMN ? `${head}\n${' '.repeat(FLAG_COLUMN)}${text}` : `${head.padEnd(FLAG_COLUMN)}${text}`;
}

/** Broken at spaces, each line but the first behind `indent` columns. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

import { applyEdits, ConfigError, type Finding, type Report, type Severity } from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { isGitSource } from '@plumbline/sources';
import { pickFixes } from '../edits/pick-fixes.ts';
import { patchText } from '../edits/print-patch.ts';
import { writeFiles } from '../edits/write-files.ts';
import { exitCode } from '../exit-code.ts';
import { writeFormats } from '../formats.ts';
import { readConfig } from '../load-config.ts';
import { type ReadSources, readSources, reportRoot } from '../read-sources.ts';
import { withTexts } from '../sides.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue, flagValues, has } from '../verb.ts';
import { openSchemas, wire } from '../wiring.ts';

/** What one fix makes possible another may finish; so often at most. */
const MOST_PASSES = 10;

/** Makes the fixes of findings, prints what is left, and gives the exit code of a check after that. */
export async function runFix(given: Arguments, terminal: Terminal): Promise<number> {
  const cwd = process.cwd();
  const isDry = has(given, 'dry-run');
  if (!isDry && given.operands.some((operand) => operand === '-' || isGitSource(operand)))
    throw new ConfigError('usage', 'only files of the working tree can be written: --dry-run prints the patch');
  const root = reportRoot(given.operands, cwd);
  const schemas = openSchemas();
  const config = readConfig(given, root, cwd, schemas.versions);
  const engine = wire(schemas, config);
  const read = await readSources(given.operands, root, cwd, false);
  for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);

  const check = (texts: ReadonlyMap<string, string>): Promise<Report> => {
    const { around, files, readInput, listInputs, leftOut } = withTexts(read, texts);
    return engine.check(files, {
      today: new Date().toISOString().slice(0, 10),
      readInput,
      pathKind: read.pathKind,
      ...(read.unseen === undefined ? {} : { unseen: read.unseen }),
      listInputs,
      ...(around === undefined ? {} : { around }),
      ...(leftOut.length === 0 ? {} : { preLeftOut: leftOut }),
    });
  };
  const { texts, report, fixed } = await mend(read, given, check);
  const changes = [...texts]
    .map(([path, after]) => ({ path, before: read.textOf(path), after }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const resources =
    changes.length === 0 ? [] : (await engine.applied(read.files, { readInput: read.readInput, listInputs: read.listInputs })).resources;
  if (isDry) {
    const { text, hidden } = patchText(changes, resources, root);
    terminal.out(text);
    for (const path of hidden) terminal.err(`plumbline: ${printable(path)} is not in the patch: the value of a Secret would show\n`);
  } else writeFiles(root, changes);
  const files = changes.length === 1 ? 'a file' : `${changes.length} files`;
  terminal.err(`plumbline: ${fixed} ${fixed === 1 ? 'finding' : 'findings'} ${isDry ? 'would be mended' : 'mended'} in ${files}\n`);
  const failOn = (flagValue(given, 'fail-on') as Severity | undefined) ?? config.failOn ?? 'error'; // one of the flag's choices
  if (!isDry) {
    const color = wantsColor(flagValue(given, 'color'), process.env, terminal.isOutTerminal);
    const textOf = (path: string): string | undefined => texts.get(path) ?? read.textOf(path);
    writeFormats([{ name: 'text' }], report, { color, width: terminal.width, sources: textOf, limit: 50, failOn }, terminal);
  }
  return exitCode(report, { failOn, failOnNotEvaluated: false, sourceFailed: read.problems.length > 0 });
}

interface Mended {
  readonly texts: ReadonlyMap<string, string>;
  /** Of the texts as they are then. */
  readonly report: Report;
  readonly fixed: number;
}

async function mend(read: ReadSources, given: Arguments, check: (texts: ReadonlyMap<string, string>) => Promise<Report>): Promise<Mended> {
  const own = new Set(read.files.map(({ path }) => path));
  const isWanted = ({ rule, fix }: Finding): boolean =>
    fix !== undefined &&
    (fix.safe || has(given, 'suggested')) &&
    matches(rule, flagValues(given, 'rule')) &&
    fix.edits.every(({ file }) => own.has(file));
  let texts: ReadonlyMap<string, string> = new Map();
  let report = await check(texts);
  let fixed = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const picked = pickFixes(report.findings.filter((finding) => finding.suppressed === undefined && isWanted(finding)));
    const next = new Map(texts);
    for (const [file, edits] of picked.edits) {
      const text = next.get(file) ?? read.textOf(file);
      if (text !== undefined) next.set(file, applyEdits(text, edits));
    }
    if ([...next].every(([file, text]) => text === (texts.get(file) ?? read.textOf(file)))) break;
    const after = await check(next);
    // An edit that makes a file unreadable is none.
    if (count(after, 'broken') > count(report, 'broken')) break;
    [texts, report, fixed] = [next, after, fixed + picked.count];
  }
  return { texts, report, fixed };
}

function count({ findings }: Report, wanted: Finding['class']): number {
  return findings.filter((finding) => finding.class === wanted).length;
}

/** `*` stands for any text. */
function matches(rule: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(rule));
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&');
}

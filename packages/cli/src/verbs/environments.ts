import { printable } from '@plumbline/reporters';
import { chartsOf } from '../charts.ts';
import { matrixOf } from '../environment-matrix.ts';
import { environmentsText } from '../environments-text.ts';
import { readConfig } from '../load-config.ts';
import { readSources, reportRoot } from '../read-sources.ts';
import type { Terminal } from '../terminal.ts';
import { type Arguments, flagValue, has } from '../verb.ts';
import { openSchemas, wire } from '../wiring.ts';

/** Prints which version runs where; gives 2 where a SOURCE cannot be read, else 0: what it shows is for `check` to judge. */
export async function runEnvironments(given: Arguments, terminal: Terminal): Promise<number> {
  const cwd = process.cwd();
  const root = reportRoot(given.operands, cwd);
  const schemas = openSchemas();
  const config = readConfig(given, root, cwd, schemas.versions);
  const engine = wire(schemas, config, [], [], undefined, chartsOf(given));
  const read = await readSources(given.operands, root, cwd, false);
  for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);
  const applied = await engine.applied(read.files, {
    remembers: false,
    readInput: read.readInput,
    listInputs: read.listInputs,
    ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
  });
  const whole = matrixOf(applied.environments, config);
  const matrix = has(given, 'differences') ? { ...whole, components: whole.components.filter(({ differs }) => differs) } : whole;
  if (flagValue(given, 'format') === 'json')
    terminal.out(`${JSON.stringify(matrix, undefined, 2).split('\n').map(printable).join('\n')}\n`);
  else terminal.out(environmentsText(matrix, terminal.width, has(given, 'differences')));
  const { findings, notEvaluated } = applied.report([]);
  const left = notEvaluated.filter(({ rule }) => rule === 'kust/build-fails').reduce((sum, { count }) => sum + count, 0);
  const broken = findings.filter(({ rule }) => rule.startsWith('kust/')).length;
  if (left + broken > 0)
    terminal.err(`plumbline: kustomizations that were not built, and are not in the table: ${left + broken}; plumbline check says why\n`);
  return read.problems.length > 0 ? 2 : 0;
}

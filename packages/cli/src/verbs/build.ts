import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import {
  type Applied,
  type BuildResult,
  ConfigError,
  createSecretMask,
  type FieldPath,
  type JsonObject,
  type Location,
  type Resource,
  type SecretMask,
} from '@plumbline/core';
import { printable } from '@plumbline/reporters';
import { folderReader, kustomizeExpander } from '@plumbline/sources';
import { fileNames } from '../build/file-names.ts';
import { buildWithBinary } from '../build/kustomize-binary.ts';
import { withoutSecrets } from '../build/without-secrets.ts';
import { chartsOf } from '../charts.ts';
import { exitCode } from '../exit-code.ts';
import { writeFormats } from '../formats.ts';
import { readConfig } from '../load-config.ts';
import { manifestText } from '../manifest-text.ts';
import { type ReadSources, readSources, reportRoot } from '../read-sources.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { type Arguments, flagValue, has } from '../verb.ts';
import { kustomizeOptions, openSchemas, wire } from '../wiring.ts';

/** An object to print, and where its fields were written. */
interface Printed {
  readonly object: JsonObject;
  at(path: FieldPath): Location;
}

/** What came of one SOURCE: objects, or an exit code that says why not. */
interface Outcome {
  readonly objects: readonly Printed[];
  readonly code: 0 | 1 | 2;
}

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Prints the manifests that would be applied, and gives the exit code. Where something does not build nothing is printed. */
export async function runBuild(given: Arguments, terminal: Terminal): Promise<number> {
  const cwd = process.cwd();
  const root = reportRoot(given.operands, cwd);
  const mask = createSecretMask();
  const outcomes: Outcome[] = [];
  const others: string[] = [];
  for (const operand of given.operands) {
    const folder = kustomizationFolder(resolve(cwd, operand), root);
    if (folder === undefined) others.push(operand);
    else outcomes.push(buildFolder(folder, given, terminal, { root, cwd }));
  }
  if (others.length > 0 || given.operands.length === 0) outcomes.push(await buildSources(others, given, terminal, { root, cwd }));
  const code = Math.max(0, ...outcomes.map((outcome) => outcome.code));
  if (code === 0)
    print(
      outcomes.flatMap(({ objects }) => objects),
      given,
      terminal,
      mask,
    );
  return code;
}

/** The folder of a kustomization that is named itself, from the root; it is built alone, as kustomize does. */
function kustomizationFolder(place: string, root: string): string | undefined {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  return KUSTOMIZATIONS.some((name) => existsSync(join(place, name))) ? relative(root, place).split(sep).join('/') : undefined;
}

interface Places {
  readonly root: string;
  readonly cwd: string;
}

function buildFolder(folder: string, given: Arguments, terminal: Terminal, { root, cwd }: Places): Outcome {
  const isUnrestricted = flagValue(given, 'load-restrictor') === 'LoadRestrictionsNone';
  const config = readConfig(given, root, cwd, openSchemas().versions);
  const result = kustomizeExpander({ ...kustomizeOptions(config), isUnrestricted }).build(
    { kind: 'kustomization', folder, versions: [], lookUp: () => undefined },
    folderReader(root),
  );
  if ('objects' in result)
    return { objects: result.objects.map(({ object, locate }) => ({ object, at: (path) => locate(path) })), code: 0 };
  if ('notBuilt' in result && has(given, 'allow-plugins')) return buildElsewhere(folder, root, result.notBuilt, terminal);
  terminal.err(whyNot(folder, result));
  return { objects: [], code: 'problems' in result ? 1 : 2 };
}

/** With the Kustomize that is installed, which says of no field where it was written: they stand on the kustomization. */
function buildElsewhere(folder: string, root: string, why: string, terminal: Terminal): Outcome {
  const name = printable(folder === '' ? '.' : folder);
  const built = buildWithBinary(join(root, folder));
  if ('failed' in built) {
    terminal.err(`plumbline: ${name} cannot be built here: ${printable(why)}; ${printable(built.failed)}\n`);
    return { objects: [], code: 2 };
  }
  terminal.err(`plumbline: ${name} was built by ${built.program}: ${printable(why)}\n`);
  const file = KUSTOMIZATIONS.find((each) => existsSync(join(root, folder, each))) ?? 'kustomization.yaml';
  const at: Location = { file: folder === '' ? file : `${folder}/${file}`, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { objects: built.objects.map((object) => ({ object, at: () => at })), code: 0 };
}

function whyNot(folder: string, result: Exclude<BuildResult, { readonly objects: unknown }>): string {
  if ('notBuilt' in result)
    return `plumbline: ${printable(folder === '' ? '.' : folder)} cannot be built here: ${printable(result.notBuilt)}\n`;
  return result.problems
    .map(({ message, location }) => `${printable(location.file)}:${location.line}:${location.column}: ${printable(message)}\n`)
    .join('');
}

async function buildSources(operands: readonly string[], given: Arguments, terminal: Terminal, { root, cwd }: Places): Promise<Outcome> {
  const schemas = openSchemas();
  const engine = wire(schemas, readConfig(given, root, cwd, schemas.versions), [], [], undefined, chartsOf(given));
  const read = await readSources(operands, root, cwd, false);
  for (const problem of read.problems) terminal.err(`plumbline: ${printable(problem)}\n`);
  const { around } = read;
  const applied = await engine.applied(read.files, {
    remembers: false,
    readInput: read.readInput,
    listInputs: read.listInputs,
    ...(around === undefined ? {} : { around }),
    ...(read.leftOut.length === 0 ? {} : { preLeftOut: read.leftOut }),
  });
  return { objects: asked(applied.resources, read), code: judge(applied, read, given, terminal) };
}

/** What the SOURCEs hold, and what is built of a kustomization that they hold; not what is applied beside it. */
function asked(resources: readonly Resource[], { files }: ReadSources): readonly Printed[] {
  const paths = new Set(files.map(({ path }) => path));
  return resources
    .filter(({ unit, document }) => paths.has(unit.claimedBy ?? '') || paths.has(document.file.path))
    .map((resource) => ({
      object: resource.object,
      at: (path) =>
        resource.locate?.(path) ?? { file: resource.document.file.path, ...resource.document.rangeOf([...resource.root, ...path]) },
    }));
}

/** Says on standard error what could not be read or built. */
function judge(applied: Applied, read: ReadSources, given: Arguments, terminal: Terminal): 0 | 1 | 2 {
  const report = applied.report([]);
  const code = exitCode(report, { failOn: 'error', failOnNotEvaluated: false, sourceFailed: read.problems.length > 0 });
  if (report.findings.some(({ severity }) => severity === 'error')) {
    const color = wantsColor(flagValue(given, 'color'), process.env, terminal.isErrTerminal);
    const options = { color, width: 0, sources: read.textOf, limit: 50, failOn: 'error' as const, quiet: true };
    writeFormats([{ name: 'text' }], report, options, {
      ...terminal,
      out(text) {
        terminal.err(text);
        return true;
      },
    });
  }
  const unbuilt = report.notEvaluated.filter(({ rule }) => rule === 'kust/build-fails');
  for (const { reason, examples } of unbuilt)
    for (const { name } of examples) terminal.err(`plumbline: ${printable(name)} cannot be built here: ${printable(reason)}\n`);
  // What does not build is a finding already; the reason that says so is no other.
  return code === 0 && unbuilt.length > 0 ? 2 : code;
}

function print(objects: readonly Printed[], given: Arguments, terminal: Terminal, mask: SecretMask): void {
  let hidden = 0;
  const texts = objects.map(({ object, at }) => {
    const shown = withoutSecrets(object, mask);
    if (shown !== object) hidden++;
    const noteOf = (path: FieldPath): string => {
      const { file, line } = at(path);
      return `${file}:${line}`;
    };
    return manifestText(shown, has(given, 'origins') ? noteOf : undefined);
  });
  const out = flagValue(given, 'output');
  if (out === undefined) terminal.out(texts.join('---\n'));
  else write(out, objects, texts);
  if (hidden > 0)
    terminal.err(
      `plumbline: the values of ${hidden === 1 ? 'a Secret are' : `${hidden} Secrets are`} not printed: <secret N> stands for each\n`,
    );
}

/** To one file, or to a file for each object where a folder is named. */
function write(out: string, objects: readonly Printed[], texts: readonly string[]): void {
  const isFolder = /[\\/]$/.test(out) || statSync(out, { throwIfNoEntry: false })?.isDirectory() === true;
  try {
    if (!isFolder) writeFileSync(out, texts.join('---\n'));
    else {
      if (!existsSync(out)) mkdirSync(out);
      const names = fileNames(objects.map(({ object }) => object));
      for (const [index, text] of texts.entries()) writeFileSync(join(out, names[index] ?? `${index}.yaml`), text);
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error); // fs throws system errors
    throw new ConfigError('usage', `cannot write to ${JSON.stringify(out)}: ${reason}`, { cause: error });
  }
}

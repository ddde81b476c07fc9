import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, closest, type Report } from '@plumbline/core';
import { FORMAT_NAMES, isFormatName, type RenderOptions, render } from '@plumbline/reporters';
import type { Terminal } from './terminal.ts';

/** One `--format`: where a view of the report goes; standard output without a file. */
export interface Format {
  readonly name: string;
  readonly file?: string;
}

/** Reads `--format NAME[=FILE]`, each; text on standard output where none is given. Throws `unknown-format`, `usage`. */
export function parseFormats(values: readonly string[]): readonly Format[] {
  if (values.length === 0) return [{ name: 'text' }];
  const formats = values.map((value): Format => {
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    if (!isFormatName(name)) {
      const near = closest(name, FORMAT_NAMES);
      const hint = near === undefined ? `one of ${FORMAT_NAMES.join(', ')}` : `did you mean ${near}?`;
      throw new ConfigError('unknown-format', `unknown format ${JSON.stringify(name)}; ${hint}`);
    }
    const file = equals < 0 ? '' : value.slice(equals + 1);
    if (equals >= 0 && file === '') throw new ConfigError('usage', `--format ${name}= needs a file name after the sign`);
    return file === '' || file === '-' ? { name } : { name, file };
  });
  const printed = formats.filter(({ file }) => file === undefined);
  if (printed.length > 1)
    throw new ConfigError(
      'usage',
      `${printed.map(({ name }) => name).join(' and ')} both go to standard output; give one a file: --format ${printed[1]?.name}=FILE`,
    );
  for (const [index, { name, file }] of formats.entries()) {
    const other =
      file === undefined
        ? undefined
        : formats.slice(0, index).find((each) => each.file !== undefined && resolve(each.file) === resolve(file));
    if (other !== undefined)
      throw new ConfigError('usage', `${other.name} and ${name} both go to ${JSON.stringify(file)}; give each a file of its own`);
  }
  return formats;
}

/** As `recursive` does, which never ends below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Renders each format to where it goes. Files first, so that they are whole even when nobody reads standard output to its end. */
export function writeFormats(formats: readonly Format[], report: Report, options: RenderOptions, terminal: Terminal): void {
  for (const { name, file } of formats) {
    if (file === undefined) continue;
    try {
      makeFolder(dirname(resolve(file)));
      writeFileSync(file, render(name, report, { ...options, color: false, width: 0 }));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error); // fs throws system errors
      throw new ConfigError('usage', `cannot write ${name} to ${JSON.stringify(file)}: ${reason}`, { cause: error });
    }
  }
  for (const { name, file } of formats) if (file === undefined) terminal.out(render(name, report, options));
}

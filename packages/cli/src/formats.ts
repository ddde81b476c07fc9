import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
  return formats;
}

/** Renders each format to where it goes. Files first, so that they are whole even when nobody reads standard output to its end. */
export function writeFormats(formats: readonly Format[], report: Report, options: RenderOptions, terminal: Terminal): void {
  for (const { name, file } of formats) {
    if (file === undefined) continue;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, render(name, report, { ...options, color: false, width: 0 }));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error); // fs throws system errors
      throw new ConfigError('usage', `cannot write ${name} to ${JSON.stringify(file)}: ${reason}`, { cause: error });
    }
  }
  for (const { name, file } of formats) if (file === undefined) terminal.out(render(name, report, options));
}

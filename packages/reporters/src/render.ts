import { ConfigError, type Report } from '@plumbline/core';
import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import type { RenderOptions } from './options.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';

const FORMATS = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
} as const satisfies Readonly<Record<string, (report: Report, options: RenderOptions) => string>>;

export type FormatName = keyof typeof FORMATS;

/** The names that `render` takes. */
export const FORMAT_NAMES: readonly FormatName[] = ['text', 'json', 'sarif', 'junit', 'github'];

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

/** The report in one format, ending with a line break. The same report and options give the same bytes. Throws `unknown-format`. */
export function render(name: string, report: Report, options: RenderOptions = {}): string {
  if (!isFormatName(name)) throw new ConfigError('unknown-format', `unknown format "${name}"; one of ${FORMAT_NAMES.join(', ')}`);
  return FORMATS[name](report, options);
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const SCHEMA = /\.(ya?ml|json)$/i;
const NOT_ENTERED = new Set(['.git', 'node_modules']);

/** The YAML and JSON files below a folder, by path. Links are not followed. */
export function schemaFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const place = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_ENTERED.has(entry.name) ? [] : schemaFilesIn(place);
      return entry.isFile() && SCHEMA.test(entry.name) ? [place] : [];
    });
}

export function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text);
}

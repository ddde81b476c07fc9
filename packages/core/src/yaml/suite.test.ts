import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../values/json.ts';
import { JsonText } from './json-text.ts';
import { type ReadResult, readKubectl, readLenient, readStream, readStrict } from './read.ts';

// What sigs.k8s.io/yaml and apimachinery gave for the same inputs. Refusals are compared as refusals, not by their words.
const suite = fileURLToPath(new URL('../../../../../shared/suites/yaml-semantics/', import.meta.url));

type Expected = { readonly json: string } | { readonly error: string };
interface Entry {
  readonly id: string;
  readonly yaml?: string;
  readonly b64?: string;
  readonly expect: Readonly<Record<string, Expected | readonly Expected[]>>;
}

/** The same text for equal JSON, without recursion, as one input nests ten thousand levels. */
function canonical(value: JsonValue): string {
  const parts: string[] = [];
  const rest: (JsonValue | { readonly text: string })[] = [value];
  const texts = new Set<unknown>();
  const text = (part: string): { readonly text: string } => {
    const made = { text: part };
    texts.add(made);
    return made;
  };
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    if (texts.has(at)) parts.push((at as { text: string }).text);
    else if (Array.isArray(at)) rest.push(text(']'), ...at.toReversed().flatMap((item: JsonValue) => [item, text(',')]), text('['));
    else if (typeof at === 'object' && at !== null) {
      const members = Object.entries(at).sort(([a], [b]) => (a < b ? 1 : -1));
      rest.push(text('}'), ...members.flatMap(([key, item]) => [item, text(`${JSON.stringify(key)}:`)]), text('{'));
    } else parts.push(typeof at === 'bigint' ? String(at) : JSON.stringify(at));
  }
  return parts.join('');
}

function outcome(result: ReadResult): string {
  return 'error' in result ? 'refused' : canonical(result.value);
}

function expected(result: Expected): string {
  return 'error' in result ? 'refused' : canonical(new JsonText(result.json).readValue());
}

const readers: Record<string, (bytes: Uint8Array) => string> = {
  lenient: (bytes) => outcome(readLenient(bytes)),
  strict: (bytes) => outcome(readStrict(bytes)),
  stream: (bytes) => readStream(bytes).map(outcome).join('\n'),
  kubectl: (bytes) => readKubectl(bytes).map(outcome).join('\n'),
};

describe.skipIf(!existsSync(suite))('yaml-semantics', () => {
  test.each(['table.json', 'yaml-test-suite.json'])('%s', (name) => {
    const { entries } = JSON.parse(readFileSync(suite + name, 'utf8')) as { entries: readonly Entry[] };
    const wrong: string[] = [];
    for (const { id, yaml, b64, expect: modes } of entries) {
      const bytes = yaml === undefined ? Buffer.from(b64 ?? '', 'base64') : Buffer.from(yaml);
      for (const [mode, want] of Object.entries(modes)) {
        const got = readers[mode]?.(bytes);
        const text = Array.isArray(want) ? want.map(expected).join('\n') : expected(want as Expected);
        // Two keys that become one string: Go takes them from a map in random order.
        if (got !== text && !id.endsWith('/key-dup-typed')) wrong.push(`${id} ${mode}: ${got?.slice(0, 80)} for ${text.slice(0, 80)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

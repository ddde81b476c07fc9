import { createSecretMask, isObject, isSecretText, maskValues, parse, type Resource, secretValues } from '@plumbline/core';

/** A value so short stands in texts that have nothing to do with it. */
const SHORT = 8;

/**
 * Whether a line of a file must not be printed: it stands in a Secret and holds one of its values, or holds a value of a Secret that is
 * built. `resources` are the objects of the run.
 */
export function hiddenLines(texts: readonly string[], resources: readonly Resource[]): (line: string) => boolean {
  const built = resources.filter(({ gvk }) => gvk.kind === 'Secret').flatMap(({ object }) => valuesOf(secretValues(object)));
  const hidden = new Set<string>();
  for (const text of texts) {
    const isGenerator = /^\s*secretGenerator\s*:/m.test(text);
    const values = isGenerator ? built : built.filter((value) => value.length >= SHORT);
    for (const line of text.split('\n')) if (holds(line, values)) hidden.add(line);
    for (const line of linesOfSecrets(text)) hidden.add(line);
  }
  return (line) => hidden.has(line.replace(/\n$/, ''));
}

/** The lines of a text's Secrets that hold a value; of one that cannot be read all of them. */
function* linesOfSecrets(text: string): Generator<string> {
  for (const document of parse({ path: '', bytes: new TextEncoder().encode(text) })) {
    if (!isSecretText(document.text)) continue;
    const values = isObject(document.value) ? secretsOf(document.value).flatMap((secret) => valuesOf(secretValues(secret))) : undefined;
    for (const line of document.text.split('\n')) if (values === undefined || holds(line, values)) yield line;
  }
}

function secretsOf(object: Parameters<typeof secretValues>[0]): readonly Parameters<typeof secretValues>[0][] {
  const items = object.items;
  return Array.isArray(items) ? items.filter(isObject) : [object];
}

/** Each value as it is, out of its base64, and by the lines that it is written with. */
function valuesOf(values: readonly string[]): readonly string[] {
  const all = values.flatMap((value) => [value, ...(/^[A-Za-z0-9+/\s]+=*\s*$/.test(value) ? [decoded(value)] : [])]);
  const lines = all.flatMap((value) => [value, ...value.split('\n').map((line) => line.trim())]);
  return [...new Set(lines)].filter((line) => line !== '').sort((a, b) => b.length - a.length);
}

function decoded(value: string): string {
  return Buffer.from(value, 'base64').toString('utf8');
}

function holds(line: string, values: readonly string[]): boolean {
  return values.length > 0 && maskValues(line, values, createSecretMask()) !== line;
}

import { isObject, type JsonValue, member } from '@plumbline/core';

/**
 * The value of JSON with comments and trailing commas (editor settings, `tsconfig.json`), undefined when it is not that.
 * YAML does not know `//`, so such a file does not read as YAML although nothing is wrong with it.
 */
export function readCommentJson(text: string): JsonValue | undefined {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : ' '));
  const strict = bare.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === ',' ? '' : part));
  try {
    return JSON.parse(strict) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Whether the file holds JSON with comments that is no Kubernetes object. */
export function isCommentJson(path: string, text: string): boolean {
  if (/\.(json5|jsonc|code-workspace)$/.test(path)) return true;
  if (!path.endsWith('.json')) return false;
  const value = readCommentJson(text);
  return value !== undefined && !(isObject(value) && (member(value, 'apiVersion') !== undefined || member(value, 'kind') !== undefined));
}

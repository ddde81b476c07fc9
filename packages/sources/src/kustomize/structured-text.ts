import type { Node } from './node.ts';
import { PathError } from './node-path.ts';
import { BuildError } from './problem.ts';
import { readDocuments } from './read-nodes.ts';
import { goJson, toJson } from './through-json.ts';
import { WrittenText } from './written-text.ts';

/**
 * Changes what lies in a text as JSON, and writes the text anew as kustomize does: on one line, or indented where it was.
 * `none` where the change finds nothing in it; `yaml` where it does, but the text is YAML.
 */
export function replaceInJson(text: Node, change: (root: Node) => boolean): 'done' | 'none' | 'yaml' {
  let root: Node | undefined;
  try {
    [root] = readDocuments(new WrittenText(text.mark.file, text.mark.role, text.value));
    if (root === undefined || !change(root)) return 'none';
  } catch (error) {
    if (error instanceof PathError || error instanceof BuildError) return 'none';
    throw error;
  }
  const start = text.value.trim()[0];
  if (start !== '{' && start !== '[') return 'yaml';
  const value = goJson(toJson(root, false));
  text.value = text.value.includes('\n') && text.value.includes('  ') ? indented(value) : value;
  return 'done';
}

/** The JSON on many lines, two blanks a level, as Go indents it. */
function indented(json: string): string {
  let depth = 0;
  let result = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|\{\}|\[\]|[{}[\],:]|[^"{}[\],:]+/g)) {
    if (token === '{' || token === '[') result += `${token}\n${'  '.repeat(++depth)}`;
    else if (token === '}' || token === ']') result += `\n${'  '.repeat(--depth)}${token}`;
    else if (token === ',') result += `,\n${'  '.repeat(depth)}`;
    else result += token === ':' ? ': ' : token;
  }
  return result;
}

import { readTree } from '@plumbline/core';

/**
 * What is left of a folded scalar (`>`) once kustomize has written it and read it back: go-yaml writes two line breaks for each, also
 * before a line that begins with a blank, where one is no fold.
 */
export function refold(text: string): string {
  if (!/\n[ \t]/.test(text) || !isBlockText(text)) return text;
  const indent = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text.endsWith('\n\n') || text === '\n' ? '+' : text.endsWith('\n') ? '' : '-';
  const tree = readTree(`a: >${indent}${chomp}\n${written(text)}`);
  return ('root' in tree ? tree.root?.children[1]?.value : undefined) ?? text;
}

/** Whether go-yaml writes the text as a block at all: blanks at the end of a line forbid it. */
function isBlockText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not printable is looked for
  return !/ (?:\n|$)/.test(text) && !/[\x00-\x08\x0b-\x1f\x7f]/.test(text);
}

function written(text: string): string {
  let result = '';
  let isAtStart = true;
  let isIndented = true;
  const first = /^\n*(.?)/.exec(text)?.[1] ?? '';
  const mayDouble = first !== '' && first !== ' ' && first !== '\t';
  for (const character of text) {
    if (character === '\n') {
      result += !isAtStart && !isIndented && mayDouble ? '\n\n' : '\n';
      isAtStart = true;
      continue;
    }
    if (isAtStart) {
      result += '  ';
      isIndented = character === ' ' || character === '\t';
    }
    result += character;
    isAtStart = false;
  }
  return result;
}

// Between its build and its substitution Flux writes each object as YAML. How a text is written there decides what a value that is put into it means.

/** A scalar as Flux's YAML writer (go-yaml 2, sigs.k8s.io/yaml) writes it behind `key: ` or `- `. */
export interface ScalarText {
  readonly style: 'plain' | 'single' | 'double' | 'literal';
  /** With quotes and escapes; of a literal the header, then its lines, indented by two spaces; the last line break is left out. */
  readonly text: string;
}

/** The text of a string. `isKey`: of a key of a mapping. */
export function scalarText(value: string, isKey = false): ScalarText {
  const isMultiline = value.includes('\n');
  if (isUnprintable(value) || (isKey && isMultiline)) return doubleQuoted(value);
  if (isMultiline) {
    // A space before a line break, or at the very end, would be lost in a block.
    return / (?:\n|$)/.test(value) ? doubleQuoted(value) : literal(value);
  }
  return isPlain(value) ? { style: 'plain', text: value } : { style: 'single', text: `'${value.replaceAll("'", "''")}'` };
}

/** Whether a character stands in it that is written as an escape, or a line break other than LF. */
function isUnprintable(value: string): boolean {
  return /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]|[\ud800-\udfff]/.test(value);
}

/** Of a text that holds a variable: it is never a number, nor a word such as `true`. */
function isPlain(value: string): boolean {
  if (/^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/.test(value)) return false;
  return !/^ | $|:(?:[ \t]|$)|[ \t]#/.test(value);
}

function doubleQuoted(value: string): ScalarText {
  // Go's escapes beyond those of JSON stand for characters that JSON writes by number.
  return { style: 'double', text: `"${[...value].map(inQuotes).join('')}"` };
}

function inQuotes(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (character !== '\n' && !isUnprintable(character)) return character;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length <= 2
    ? `\\x${code.padStart(2, '0')}`
    : code.length <= 4
      ? `\\u${code.padStart(4, '0')}`
      : `\\U${code.padStart(8, '0')}`;
}

function literal(value: string): ScalarText {
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return { style: 'literal', text: `|${hint}${chomp}\n${lines.join('\n')}` };
}

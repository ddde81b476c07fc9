// Characters that a terminal, a browser or a log viewer acts on instead of showing: C0 and C1 controls, DEL, bidirectional
// overrides and isolates, zero-width and line-separating characters, lone surrogates.
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line that shows every character of `text`: what would be acted on is written as an escape (`\n`, `\u001b`). */
export function printable(text: string): string {
  return text.replace(UNSEEN, (char) => NAMED[char] ?? unicodeEscape(char));
}

// What JSON.stringify leaves raw of these: it escapes C0 and lone surrogates itself, and its own line breaks are to stay.
const UNSEEN_IN_JSON = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Text of JSON.stringify that is also safe to print: the same value, with the characters that JSON leaves raw written as escapes. */
export function printableJson(json: string): string {
  return json.replace(UNSEEN_IN_JSON, unicodeEscape);
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

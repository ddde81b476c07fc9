/** A part of a template: text that is printed as it stands, or what stands between `{{` and `}}`. Offsets count UTF-16 units of the whole text. */
export interface TemplateToken {
  readonly kind: 'text' | 'action';
  /** Of an action, its braces included. */
  readonly start: number;
  readonly end: number;
  /** The text; of an action what is inside, without braces, trim marks and comment. */
  readonly text: string;
  /** Of an action: where `text` begins. */
  readonly inner: number;
  readonly trimsLeft: boolean;
  readonly trimsRight: boolean;
}

/** Splits the text of a Go template (https://pkg.go.dev/text/template); undefined where an action has no end. */
export function templateTokens(text: string): readonly TemplateToken[] | undefined {
  const tokens: TemplateToken[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    const end = open < 0 ? text.length : open;
    if (end > at) tokens.push({ kind: 'text', start: at, end, text: text.slice(at, end), inner: at, trimsLeft: false, trimsRight: false });
    if (open < 0) return tokens;
    const close = closeOf(text, open + 2);
    if (close === undefined) return undefined;
    let from = open + 2;
    let to = close;
    const trimsLeft = text[from] === '-' && isBlank(text[from + 1]);
    if (trimsLeft) from++;
    const trimsRight = text[to - 1] === '-' && isBlank(text[to - 2]) && to - 1 > from;
    if (trimsRight) to--;
    while (from < to && isBlank(text[from])) from++;
    const inside = text.slice(from, to);
    const isComment = inside.startsWith('/*');
    tokens.push({ kind: 'action', start: open, end: close + 2, text: isComment ? '' : inside, inner: from, trimsLeft, trimsRight });
    at = close + 2;
  }
}

/** Where the `}}` of an action stands: not one inside a string or a comment. */
function closeOf(text: string, from: number): number | undefined {
  const first = /^-?\s*/.exec(text.slice(from, from + 200))?.[0].length ?? 0;
  let at = from;
  if (text.startsWith('/*', from + first)) {
    const end = text.indexOf('*/', from + first + 2);
    if (end < 0) return undefined;
    at = end + 2;
  }
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === '}' && text[at + 1] === '}') return at;
    if (character === '"' || character === "'") {
      for (at++; at < text.length && text[at] !== character; at++) {
        if (text[at] === '\\') at++;
        else if (text[at] === '\n') return undefined;
      }
    } else if (character === '`') {
      at = text.indexOf('`', at + 1);
      if (at < 0) return undefined;
    }
  }
  return undefined;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

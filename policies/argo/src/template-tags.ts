/** One `{{ … }}` of a template. */
export interface TemplateTag {
  /** What stands between the braces, trimmed, without the dashes that trim blanks. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The tags of a text in order; undefined where a tag is not closed. */
export function tagsOf(text: string): readonly TemplateTag[] | undefined {
  const tags: TemplateTag[] = [];
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', start)) {
    const end = closeOf(text, start + 2);
    if (end === undefined) return undefined;
    const inner = text
      .slice(start + 2, end - 2)
      .replace(/^-(?=\s)/, '')
      .replace(/(\s)-$/, '$1');
    tags.push({ text: inner.trim(), start, end });
    start = end;
  }
  return tags;
}

/** Where the tag ends that began before `from`: braces in quotes are text. */
function closeOf(text: string, from: number): number | undefined {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === '\\' && quote === '"') at++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === '`') quote = letter;
    else if (letter === '}' && text[at + 1] === '}') return at + 2;
  }
  return undefined;
}

const OPENERS = /^(?:if|range|with|block|define)\b/;

/** What is wrong with the blocks of a Go template (`if … end`); undefined where they are in order. */
export function wrongBlocks(tags: readonly TemplateTag[]): string | undefined {
  let depth = 0;
  for (const { text } of tags) {
    if (OPENERS.test(text)) depth++;
    else if (/^end\b/.test(text)) depth--;
    if (depth < 0) return 'an "end" without a block';
  }
  return depth > 0 ? 'a block without an "end"' : undefined;
}

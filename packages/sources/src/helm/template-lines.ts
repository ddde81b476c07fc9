import { type TemplateToken, templateTokens } from '@plumbline/charts';

/** A part of a template's line: text that is printed as it stands, or an action. Columns are 0-based offsets in the line. */
export interface LinePart {
  readonly column: number;
  readonly text: string;
  /** What stands between the braces; undefined for plain text. */
  readonly action?: TemplateToken;
}

export interface TemplateLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly parts: readonly LinePart[];
  /** Where it stands in the file. */
  readonly start: number;
}

const SILENT = /^(?:if|with|range|else|end|define|block|break|continue)\b|^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/;

/** The lines of a template. An action that goes on over several lines belongs to the first. */
export function linesOfTemplate(text: string): readonly TemplateLine[] {
  const tokens = templateTokens(text) ?? [];
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const parts: LinePart[][] = starts.map(() => []);
  let line = 0;
  for (const token of tokens) {
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= token.start) line++;
    if (token.kind === 'action') {
      parts[line]?.push({ column: token.start - (starts[line] ?? 0), text: text.slice(token.start, token.end), action: token });
      continue;
    }
    for (let at = token.start; at < token.end; ) {
      while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= at) line++;
      const end = Math.min(token.end, line + 1 < starts.length ? (starts[line + 1] ?? 0) - 1 : token.end);
      if (end > at) parts[line]?.push({ column: at - (starts[line] ?? 0), text: text.slice(at, end).replace(/\r$/, '') });
      at = end + 1;
      if (end >= token.end) break;
    }
  }
  return starts.map((start, index) => ({
    line: index + 1,
    text: text.slice(start, (starts[index + 1] ?? text.length + 1) - 1).replace(/\r$/, ''),
    parts: parts[index] ?? [],
    start,
  }));
}

/** Whether an action prints something. */
export function prints({ text }: TemplateToken): boolean {
  return text !== '' && !SILENT.test(text);
}

/** The fit of a line whose text says next to nothing: better than none only close by. */
export const WEAK = 0.3;

/** How well a rendered line fits a template's line: the more of it stands there literally the better; undefined where it cannot be. */
export function fitOf(rendered: string, line: TemplateLine): number | undefined {
  const { parts } = line;
  const text = rendered.trim();
  if (text === '' || parts.length === 0) return undefined;
  const indentation = rendered.length - rendered.trimStart().length;
  const lead = parts[0]?.action === undefined ? (parts[0]?.text ?? '') : '';
  const sameIndentation = lead.length - lead.trimStart().length === indentation && (lead.trim() !== '' || parts.length > 1) ? 3 : 0;
  if (parts.every(({ action }) => action === undefined)) {
    return line.text.trim() === text ? 10 + text.length + sameIndentation : undefined;
  }
  let at = 0;
  let literal = 0;
  let isOpen = false;
  for (const [index, part] of parts.entries()) {
    if (part.action !== undefined) {
      // Also between an `if` and its `end` on one line there may be nothing, or anything.
      isOpen = true;
      continue;
    }
    let piece = index === 0 ? part.text.trimStart() : part.text;
    if (parts[index - 1]?.action?.trimsRight === true) piece = piece.trimStart();
    if (parts[index + 1]?.action?.trimsLeft === true) piece = piece.trimEnd();
    const isLast = index === parts.length - 1;
    if (isLast) piece = piece.trimEnd();
    if (piece === '') continue;
    const found = isLast && isOpen ? text.length - piece.length : text.indexOf(piece, at);
    if (found < at || !text.startsWith(piece, found)) return undefined;
    if (!isOpen && found !== at) return undefined;
    at = found + piece.length;
    literal += piece.replace(/\s/g, '').length;
    isOpen = false;
  }
  if (!isOpen && at !== text.length) return undefined;
  // A dash or a colon says next to nothing.
  return literal < 2 ? (literal === 0 ? undefined : WEAK) : literal + sameIndentation;
}

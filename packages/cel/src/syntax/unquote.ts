const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The text of a string literal; undefined where an escape names no character. */
export function unquoteString(token: string): string | undefined {
  const { body, isRaw } = bodyOf(token);
  if (isRaw || !body.includes('\\')) return body;
  let isWrong = false;
  const text = body.replace(ESCAPE, (_, sequence: string) => {
    const point = pointOf(sequence);
    if (typeof point === 'string') return point;
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      isWrong = true;
      return '';
    }
    return String.fromCodePoint(point);
  });
  return isWrong ? undefined : text;
}

/** The bytes of a bytes literal: text in UTF-8, `\x` and octal escapes as they are; undefined for `\u`, which bytes have not. */
export function unquoteBytes(token: string): Uint8Array | undefined {
  const { body, isRaw } = bodyOf(token.slice(1));
  const encoder = new TextEncoder();
  if (isRaw || !body.includes('\\')) return encoder.encode(body);
  const bytes: number[] = [];
  let at = 0;
  for (const match of body.matchAll(ESCAPE)) {
    bytes.push(...encoder.encode(body.slice(at, match.index)));
    const sequence = match[1] ?? '';
    if (/^[uU]/.test(sequence)) return undefined;
    const point = pointOf(sequence);
    if (typeof point === 'string') bytes.push(...encoder.encode(point));
    else bytes.push(point);
    at = match.index + match[0].length;
  }
  bytes.push(...encoder.encode(body.slice(at)));
  return Uint8Array.from(bytes);
}

const ESCAPE = /\\([xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[\s\S])/g;

function pointOf(sequence: string): number | string {
  if (/^[xXuU]./.test(sequence)) return Number.parseInt(sequence.slice(1), 16);
  if (/^[0-3]/.test(sequence)) return Number.parseInt(sequence, 8);
  return SIMPLE[sequence] ?? sequence;
}

function bodyOf(token: string): { readonly body: string; readonly isRaw: boolean } {
  const text = token.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const isRaw = /^[rR]/.test(text);
  const quoted = isRaw ? text.slice(1) : text;
  const isTriple = quoted.length >= 6 && (quoted.startsWith('"""') || quoted.startsWith("'''"));
  return { body: isTriple ? quoted.slice(3, -3) : quoted.slice(1, -1), isRaw };
}

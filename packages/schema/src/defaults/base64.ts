const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The base64 of a text's UTF-8, padded. */
export function toBase64(text: string): string {
  const bytes = [...text].flatMap((character) => utf8(character.codePointAt(0) ?? 0));
  let out = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(index, index + 3);
    const group = (a << 16) | (b << 8) | c;
    const size = Math.min(3, bytes.length - index) + 1;
    for (let letter = 0; letter < 4; letter++) out += letter < size ? ALPHABET[(group >> (18 - 6 * letter)) & 63] : '=';
  }
  return out;
}

function utf8(point: number): number[] {
  // Half a pair is no character: Go writes the replacement character.
  if (point >= 0xd800 && point <= 0xdfff) return [0xef, 0xbf, 0xbd];
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | (point >> 6), last(point)];
  if (point < 0x10000) return [0xe0 | (point >> 12), last(point >> 6), last(point)];
  return [0xf0 | (point >> 18), last(point >> 12), last(point >> 6), last(point)];
}

function last(point: number): number {
  return 0x80 | (point & 63);
}

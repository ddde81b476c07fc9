/** A block of PEM: what is between its BEGIN and its END, decoded. */
export interface PemBlock {
  readonly type: string;
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
}

const BLOCK = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t]*\r?\n([\s\S]*?)(?:^|\n|(?<=\n))-----END \1-----[ \t]*\r?(?=\n|$)/g;
const HEADER = /^[^\n:]*:[^\n]*$/;

/** The blocks of a text; what is between them, or does not decode, is passed over, as encoding/pem does. */
export function pemBlocks(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  for (const [, type = '', body = ''] of text.matchAll(BLOCK)) {
    const lines = body.split('\n');
    let headers = 0;
    while (HEADER.test((lines[headers] ?? '').trim())) headers++;
    const bytes = bytesOfBase64(lines.slice(headers).join('').replace(/\s/g, ''));
    if (bytes !== undefined) blocks.push({ type, hasHeaders: headers > 0, bytes });
  }
  return blocks;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Padded base64; undefined where it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let index = 0; index < text.length; index += 4) {
    let bits = 0;
    for (let offset = 0; offset < 4; offset++) bits = bits * 64 + Math.max(0, ALPHABET.indexOf(text[index + offset] ?? ''));
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = (bits >> shift) & 255;
  }
  return bytes;
}

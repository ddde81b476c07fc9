const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

let codes: ReadonlyMap<string, number> | undefined;

/** The bytes of standard base64 with its padding; line breaks do not count. undefined for other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/[\r\n]/g, '');
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  codes ??= new Map(Array.from(ALPHABET, (character, index) => [character, index]));
  const body = plain.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((body.length * 6) / 8));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const character of body) {
    bits = ((bits << 6) | (codes.get(character) ?? 0)) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at] = (bits >> count) & 0xff;
      at += 1;
    }
  }
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const count = Math.min(3, bytes.length - index);
    for (let digit = 0; digit < 4; digit++) text += digit <= count ? ALPHABET[(group >> (18 - digit * 6)) & 63] : '=';
  }
  return text;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes that base64 stands for, each as one character; undefined where it is no base64. */
export function decodeBase64(text: string): string | undefined {
  let result = '';
  let bits = 0;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '=' || character === '\n' || character === '\r') continue;
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    value = ((value << 6) | digit) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    result += String.fromCharCode((value >> bits) & 0xff);
  }
  return result;
}

/** How many terminal columns a text takes: two for East Asian wide characters and emoji, none for combining marks. */
export function columnWidth(painted: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours take no columns
  const text = painted.replace(/\u001b\[\d+m/g, '');
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += /\p{Mark}/u.test(char) ? 0 : isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

// The blocks of Unicode's EastAsianWidth W and F that people write manifests in.
function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd))
  );
}

// Classes of UTF-16 code units as the YAML 1.1 scanner of Kubernetes tells them apart. The end of the text is 0.

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;

/** CR, LF and the YAML 1.1 breaks NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === LF || code === CR || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === 0 || code === LF || code === TAB || isBreak(code);
}

/** Letters, digits, `_` and `-`: what anchors, handles and directive names are made of. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The value of a hexadecimal digit, −1 for anything else. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

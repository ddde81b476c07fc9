/** An element of ASN.1 in DER: its tag and its contents. */
export interface Element {
  readonly tag: number;
  readonly contents: Uint8Array;
  /** The element as a whole. */
  readonly bytes: Uint8Array;
}

export const SEQUENCE = 0x30;

/** The elements that follow each other in the bytes; undefined where they are no DER. */
export function elementsOf(bytes: Uint8Array): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 31) === 31) return undefined;
    let length = first;
    let start = at + 2;
    if (first >= 128) {
      const count = first - 128;
      if (count === 0 || count > 4) return undefined;
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + (bytes[start + index] ?? 0);
      start += count;
      if (length < 128) return undefined;
    }
    if (start + length > bytes.length) return undefined;
    elements.push({ tag, contents: bytes.subarray(start, start + length), bytes: bytes.subarray(at, start + length) });
    at = start + length;
  }
  return elements;
}

/** The members of the one sequence that the bytes are; undefined where they are none. */
export function sequenceOf(bytes: Uint8Array): readonly Element[] | undefined {
  const elements = elementsOf(bytes);
  const [only, ...more] = elements ?? [];
  return only?.tag === SEQUENCE && more.length === 0 ? elementsOf(only.contents) : undefined;
}

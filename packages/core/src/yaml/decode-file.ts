import { decodeYaml, encodingOf, firstInvalid } from './decode.ts';
import { Fault } from './fault.ts';
import { goText } from './tagged.ts';

/** A file's text for people and for splitting; `text` has no byte order mark. */
export interface DecodedFile {
  readonly text: string;
  /** What is wrong with the bytes, as offsets in `text`. */
  readonly fault?: Fault;
  /** The text is complete although the bytes are not what Kubernetes tools read everywhere. */
  readonly isUsable: boolean;
  /** Every U+FFFD in the text may be a byte that is no UTF-8. */
  readonly hasInvalidBytes?: boolean;
}

/** Decodes a file. Bytes that are no UTF-8 become U+FFFD each, and the first is the fault; UTF-16 is read, which Kubernetes does only for single documents. */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') {
    const { text, fault } = decodeYaml(bytes);
    if (fault?.message.includes('U+0000')) {
      return { text: '', fault: new Fault('encoding', 'the file is UTF-32 or binary', 0), isUsable: false };
    }
    if (fault !== undefined) return { text: '', fault, isUsable: false };
    const name = encoding === 'utf-16le' ? 'UTF-16LE' : 'UTF-16BE';
    return { text, fault: new Fault('encoding', `the file is ${name}, which kubectl does not read; save it as UTF-8`, 0), isUsable: true };
  }
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const rest = mark === 0 ? bytes : bytes.subarray(mark);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rest);
  } catch {
    if (rest.includes(0)) return { text: '', fault: new Fault('encoding', 'the file is binary, not text', 0), isUsable: false };
    const at = firstInvalid(rest);
    const byte = (rest[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    const index = goText(rest.subarray(0, at)).length;
    return {
      text: goText(rest),
      fault: new Fault('encoding', `the byte 0x${byte} is not UTF-8; save the file as UTF-8`, index),
      isUsable: true,
      hasInvalidBytes: true,
    };
  }
  if (text.includes('\0')) return { text: '', fault: new Fault('encoding', 'the file is binary, not text', 0), isUsable: false };
  return { text, isUsable: true };
}

import { type Element, elementsOf, SEQUENCE, sequenceOf } from './der.ts';

// The shape of certificates and requests for them. Keys, names and signatures are not looked into.

/** Whether the bytes have the outline of a request for a certificate (PKCS #10). */
export function isCertificateRequest(bytes: Uint8Array): boolean {
  const parts = sequenceOf(bytes);
  if (parts?.length !== 3 || parts[0]?.tag !== SEQUENCE || parts[1]?.tag !== SEQUENCE || parts[2]?.tag !== BIT_STRING) return false;
  const info = elementsOf(parts[0].contents);
  return info !== undefined && info.length >= 3 && info[0]?.tag === INTEGER && info[1]?.tag === SEQUENCE && info[2]?.tag === SEQUENCE;
}

/** Whether a certificate may sign others; undefined where the bytes do not have the outline of a certificate. */
export function isAuthority(bytes: Uint8Array): boolean | undefined {
  const parts = sequenceOf(bytes);
  if (parts?.length !== 3 || parts[0]?.tag !== SEQUENCE) return undefined;
  const members = elementsOf(parts[0].contents);
  if (members === undefined || members.length < 6) return undefined;
  const extensions = members.find(({ tag }) => tag === EXTENSIONS);
  if (extensions === undefined) return false;
  for (const extension of sequenceOf(extensions.contents) ?? []) {
    const [id, ...rest] = elementsOf(extension.contents) ?? [];
    const value = rest.at(-1);
    if (id !== undefined && value !== undefined && isBasicConstraints(id)) return isTrueFirst(value);
  }
  return false;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const BOOLEAN = 0x01;
const EXTENSIONS = 0xa3;

/** 2.5.29.19 */
function isBasicConstraints({ contents }: Element): boolean {
  return contents.length === 3 && contents[0] === 0x55 && contents[1] === 0x1d && contents[2] === 0x13;
}

function isTrueFirst({ contents }: Element): boolean {
  const [first] = sequenceOf(contents) ?? [];
  return first?.tag === BOOLEAN && first.contents[0] === 0xff;
}

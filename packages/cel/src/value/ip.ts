import { type CelType, opaque } from '../types/type.ts';
import { compareBytes } from './bytes.ts';
import { type CelError, noSuchOverload } from './cel-error.ts';
import { Boxed, type Value } from './value.ts';

const TYPE = opaque('net.IP');

/** An address of 4 or 16 bytes. */
export class Ip extends Boxed {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }

  /** undefined where the text is no address; leading zeros are not taken. */
  static parse(text: string): Ip | undefined {
    const bytes = text.includes(':') ? parse6(text) : parse4(text);
    return bytes === undefined ? undefined : new Ip(Uint8Array.from(bytes));
  }

  get family(): 4 | 6 {
    return this.bytes.length === 4 ? 4 : 6;
  }

  /** IPv4 written as IPv6: `::ffff:1.2.3.4`. */
  get isMapped(): boolean {
    return this.family === 6 && this.bytes.subarray(0, 10).every((byte) => byte === 0) && this.byte(10) === 255 && this.byte(11) === 255;
  }

  get isUnspecified(): boolean {
    return this.bytes.every((byte) => byte === 0);
  }

  get isLoopback(): boolean {
    if (this.family === 4) return this.byte(0) === 127;
    return this.bytes.subarray(0, 15).every((byte) => byte === 0) && this.byte(15) === 1;
  }

  get isLinkLocalMulticast(): boolean {
    if (this.family === 4) return this.byte(0) === 224 && this.byte(1) === 0 && this.byte(2) === 0;
    return this.byte(0) === 0xff && (this.byte(1) & 0x0f) === 2;
  }

  get isLinkLocalUnicast(): boolean {
    if (this.family === 4) return this.byte(0) === 169 && this.byte(1) === 254;
    return this.byte(0) === 0xfe && (this.byte(1) & 0xc0) === 0x80;
  }

  get isMulticast(): boolean {
    return this.family === 4 ? (this.byte(0) & 0xf0) === 0xe0 : this.byte(0) === 0xff;
  }

  get isGlobalUnicast(): boolean {
    const isBroadcast = this.family === 4 && this.bytes.every((byte) => byte === 255);
    return !isBroadcast && !this.isUnspecified && !this.isLoopback && !this.isMulticast && !this.isLinkLocalUnicast;
  }

  typeOf(): CelType {
    return TYPE;
  }

  override size(): number {
    return this.bytes.length;
  }

  equals(other: Value): boolean | CelError {
    return other instanceof Ip ? compareBytes(this.bytes, other.bytes) === 0 : noSuchOverload();
  }

  /** The shortest form of RFC 5952. */
  override toString(): string {
    if (this.family === 4) return this.bytes.join('.');
    const groups = Array.from({ length: 8 }, (_, index) => (this.byte(2 * index) << 8) | this.byte(2 * index + 1));
    const { start, length } = longestZeros(groups);
    const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
    return length < 2 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
  }

  private byte(index: number): number {
    return this.bytes[index] ?? 0;
  }
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function parse4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function parse6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - tail.length;
  return missing < 2 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Bytes of groups; the last may be an IPv4 address. */
function groupsOf(text: string, index = 0, halves: readonly string[] = [text]): readonly number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1 && index === halves.length - 1;
    const four = isLast && part.includes('.') ? parse4(part) : undefined;
    if (four !== undefined) bytes.push(...four);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255);
    else return undefined;
  }
  return bytes;
}

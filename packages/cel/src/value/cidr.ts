import { type CelType, opaque } from '../types/type.ts';
import { type CelError, noSuchOverload } from './cel-error.ts';
import { Ip } from './ip.ts';
import { Boxed, type Value } from './value.ts';

const TYPE = opaque('net.CIDR');

/** An address and how many of its first bits name the network. */
export class Cidr extends Boxed {
  readonly address: Ip;
  readonly bits: number;

  constructor(address: Ip, bits: number) {
    super();
    this.address = address;
    this.bits = bits;
  }

  static parse(text: string): Cidr | undefined {
    const slash = text.lastIndexOf('/');
    if (slash < 0 || !/^(?:0|[1-9]\d*)$/.test(text.slice(slash + 1))) return undefined;
    const address = Ip.parse(text.slice(0, slash));
    const bits = Number(text.slice(slash + 1));
    return address === undefined || bits > address.bytes.length * 8 ? undefined : new Cidr(address, bits);
  }

  masked(): Cidr {
    return new Cidr(new Ip(this.address.bytes.map((byte, index) => byte & this.mask(index))), this.bits);
  }

  contains(address: Ip): boolean {
    if (address.family !== this.address.family) return false;
    return this.address.bytes.every((byte, index) => ((byte ^ (address.bytes[index] ?? 0)) & this.mask(index)) === 0);
  }

  typeOf(): CelType {
    return TYPE;
  }

  override size(): number {
    return Math.ceil(this.bits / 8);
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof Cidr)) return noSuchOverload();
    return this.bits === other.bits && this.address.equals(other.address);
  }

  override toString(): string {
    return `${this.address.toString()}/${this.bits}`;
  }

  private mask(index: number): number {
    const kept = Math.min(8, Math.max(0, this.bits - 8 * index));
    return (0xff << (8 - kept)) & 0xff;
  }
}

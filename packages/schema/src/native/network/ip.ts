/** An IP address: 4 bytes or 16. One of IPv4 that is written as IPv6 (`::ffff:…`) has 4, as Go's net package sees it. */
export interface Address {
  readonly bytes: readonly number[];
  readonly isMapped: boolean;
  /** Leading zeros, which newer servers refuse: in a part of IPv4, or more than four digits in a group of IPv6. */
  readonly hasZeros: boolean;
}

export interface Network extends Address {
  readonly bits: number;
}

/** Of old, as net.ParseIP once did: leading zeros do not matter (k8s.io/utils/net ParseIPSloppy). */
export function parseAddress(text: string): Address | undefined {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 46) return parseV4(text);
    if (unit === 58) return parseV6(text);
  }
  return undefined;
}

/** ParseCIDRSloppy. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const length = text.slice(slash + 1);
  const address = parseAddress(text.slice(0, slash));
  if (address === undefined || !/^\d{1,7}$/.test(length)) return undefined;
  const bits = Number(length);
  const most = address.isMapped ? 128 : address.bytes.length * 8;
  if (bits > most) return undefined;
  return { ...address, bits, hasZeros: address.hasZeros || (length.length > 1 && length.startsWith('0')) };
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  let hasZeros = false;
  for (const part of parts) {
    if (!/^\d+$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    if (part.length > 1 && part.startsWith('0')) hasZeros = true;
    bytes.push(byte);
  }
  return { bytes, isMapped: false, hasZeros };
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  let hasZeros = false;
  const [head, tail] = halves.map((half, index) => {
    const bytes: number[] = [];
    if (half === '') return bytes;
    const groups = half.split(':');
    for (const [at, group] of groups.entries()) {
      if (group.includes('.') && index === halves.length - 1 && at === groups.length - 1) {
        const last = parseV4(group);
        if (last === undefined) return undefined;
        hasZeros ||= last.hasZeros;
        bytes.push(...last.bytes);
        continue;
      }
      if (!/^[0-9A-Fa-f]+$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      if (value > 0xffff) return undefined;
      hasZeros ||= group.length > 4;
      bytes.push(value >> 8, value & 0xff);
    }
    return bytes;
  });
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const zeros = 16 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? zeros !== 0 : zeros < 2) return undefined;
  const bytes = [...head, ...new Array<number>(zeros).fill(0), ...(tail ?? [])];
  const isMapped = bytes.every((byte, index) => (index < 10 ? byte === 0 : index >= 12 || byte === 0xff));
  return { bytes: isMapped ? bytes.slice(12) : bytes, isMapped, hasZeros };
}

export function isV6({ bytes }: Address): boolean {
  return bytes.length === 16;
}

/** The text that Go makes of an address: RFC 5952. */
export function formatAddress({ bytes }: Address): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push(((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let index = 0; index < 8; index++) {
    let end = index;
    while (end < 8 && groups[end] === 0) end++;
    if (end - index > length) [start, length] = [index, end - index];
  }
  const hex = groups.map((group) => group.toString(16));
  return start < 0 ? hex.join(':') : `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The address with every bit beyond the length of the prefix cleared. */
export function maskAddress(network: Network): Address {
  const skipped = network.isMapped ? 96 : 0;
  const bits = Math.max(0, network.bits - skipped);
  const bytes = network.bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return { ...network, bytes };
}

export function formatNetwork(network: Network): string {
  return `${formatAddress(maskAddress(network))}/${network.bits}`;
}

export function isInNetwork(address: Address, network: Network): boolean {
  if (address.bytes.length !== network.bytes.length) return false;
  const base = maskAddress(network).bytes;
  return maskAddress({ ...address, bits: network.bits, isMapped: network.isMapped }).bytes.every((byte, index) => byte === base[index]);
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((byte, index) => byte === b[index]);

/** Why an address can be none that traffic goes to: ValidateEndpointIP. */
export function endpointFault({ bytes }: Address): string | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  const isOf4 = bytes.length === 4;
  if (bytes.every((byte) => byte === 0)) return 'stands for no address';
  if (isOf4 ? first === 127 : bytes.at(-1) === 1 && bytes.slice(0, 15).every((byte) => byte === 0)) return 'is a loopback address';
  if (isOf4 ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80) return 'is a link-local address';
  if (isOf4 ? same([first, second, third], [224, 0, 0]) : first === 0xff && (second & 0x0f) === 2)
    return 'is a link-local multicast address';
  return undefined;
}

import { hasFormat } from '../formats.ts';

/**
 * What is wrong with an IP address in a field of old: leading zeros and IPv4 in IPv6 are refused from 1.36 on (StrictIPCIDRValidation).
 * k8s.io/apimachinery/pkg/util/validation IsValidIPForLegacyField.
 */
export function addressFault(text: string, minor: number): string | undefined {
  const isV6 = text.includes(':');
  if (!hasFormat(text, isV6 ? 'ipv6' : 'ipv4')) return 'is no IP address';
  if (minor < 36) return undefined;
  const dotted = isV6 ? text.slice(text.lastIndexOf(':') + 1) : text;
  if (dotted.includes('.') && /(?:^|\.)0\d/.test(dotted)) return 'has leading zeros';
  return isV6 && isMapped(text) ? 'is an IPv4 address written as IPv6' : undefined;
}

/** Whether the first 80 bits are zero and the next 16 are one. */
function isMapped(text: string): boolean {
  const last = text.slice(text.lastIndexOf(':') + 1);
  const plain = last.includes('.') ? `${text.slice(0, -last.length)}1:1` : text;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

import { quote } from '../../verdict.ts';
import { invalid, type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { type Address, formatAddress, formatNetwork, isV6, maskAddress, type Network, parseAddress, parseNetwork } from './ip.ts';

// k8s.io/apimachinery/pkg/util/validation/ip.go. Fields of old take more forms than new ones, and leading zeros until 1.36.

const isStrict = (minor: number): boolean => minor >= 36;

/** What is wrong with an address in a field of old. */
export function addressFaultOf(address: Address | undefined, minor: number): string | undefined {
  if (address === undefined) return 'is no IP address';
  if (!isStrict(minor)) return undefined;
  if (address.hasZeros) return 'has leading zeros';
  return address.isMapped ? 'is an IPv4 address written as IPv6' : undefined;
}

function networkFaultOf(network: Network | undefined, minor: number): string | undefined {
  if (network === undefined) return 'is no CIDR such as 10.9.8.0/24';
  if (!isStrict(minor)) return undefined;
  if (network.hasZeros) return 'has leading zeros';
  if (network.isMapped) return 'is an IPv4 network written as IPv6';
  const masked = maskAddress(network).bytes;
  const isMask = network.bytes.every((byte, index) => byte === masked[index]);
  return isMask ? undefined : `has bits beyond the length of its prefix: write ${formatNetwork(network)}`;
}

/** Judges an address in a field of old; gives it where it is good. `what`: how the message names it. */
export function checkAddress(text: string, place: Place, judgement: Judgement, what: string): Address | undefined {
  const address = parseAddress(text);
  const fault = addressFaultOf(address, judgement.minor);
  if (fault === undefined) return address;
  invalid(judgement, place, text, `${what} ${quote(text)} ${fault}`, 'schema/format');
  return undefined;
}

/** Judges a CIDR in a field of old; gives it where it can be read, even if it is refused. */
export function checkNetwork(text: string, place: Place, judgement: Judgement, what: string): Network | undefined {
  const network = parseNetwork(text);
  const fault = networkFaultOf(network, judgement.minor);
  if (fault !== undefined) invalid(judgement, place, text, `${what} ${quote(text)} ${fault}`, 'schema/format');
  return network;
}

/** What is wrong with an address in a new field, which takes one form only. */
export function strictAddressFault(text: string): string | undefined {
  const address = parseAddress(text);
  const fault = addressFaultOf(address, 37);
  if (fault !== undefined || address === undefined) return fault;
  const form = formatAddress(address);
  return form === text ? undefined : `must be written as ${form}`;
}

export function strictNetworkFault(text: string): string | undefined {
  const network = parseNetwork(text);
  const fault = networkFaultOf(network, 37);
  if (fault !== undefined || network === undefined) return fault;
  const form = formatNetwork(network);
  return form === text ? undefined : `must be written as ${form}`;
}

/** GetWarningsForIP. */
export function warnOfAddress(text: string, place: Place, judgement: Judgement): void {
  const address = parseAddress(text);
  if (address === undefined || !(address.hasZeros || address.isMapped || (isV6(address) && formatAddress(address) !== text))) return;
  warn(judgement, place, `IP address ${quote(text)} is not in its usual form: write ${formatAddress(address)}`, 'schema/server-warning');
}

/** GetWarningsForCIDR. */
export function warnOfNetwork(text: string, place: Place, judgement: Judgement): void {
  const network = parseNetwork(text);
  if (network === undefined) return;
  const isPlain = !network.hasZeros && !network.isMapped && networkFaultOf(network, 37) === undefined;
  if (isPlain && (!isV6(network) || formatNetwork(network) === text)) return;
  warn(judgement, place, `CIDR ${quote(text)} is not in its usual form: write ${formatNetwork(network)}`, 'schema/server-warning');
}

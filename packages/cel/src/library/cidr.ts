import { actualSize, traversal } from '../cost/runtime-cost.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { Cidr } from '../value/cidr.ts';
import { Ip } from '../value/ip.ts';
import type { Result, Value } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';
import { parseIp } from './ip.ts';
import { ipFault } from './ip-fault.ts';

const nominal: CallCost = () => 1;
const byText: CallCost = ([text]) => traversal(text);

export function parseCidr(text: string): Cidr | CelError {
  const cidr = Cidr.parse(text);
  const problem = 'network address parse error during conversion from string';
  if (cidr === undefined) return new CelError(`${problem}: ${problem}: netip.ParsePrefix(${JSON.stringify(text)}): ${prefixFault(text)}`);
  if (cidr.address.isMapped) return new CelError(`${problem}: IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`);
  return cidr;
}

function prefixFault(text: string): string {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return "no '/'";
  const address = text.slice(0, slash);
  const fault = ipFault(address);
  if (fault !== undefined) return `ParseAddr(${JSON.stringify(address)}): ${fault}`;
  if (address.includes('%')) return 'IPv6 zones cannot be present in a prefix';
  const bits = text.slice(slash + 1);
  return /^(?:0|[1-9]\d{0,2})$/.test(bits) ? 'prefix length out of range' : `bad bits after slash: ${JSON.stringify(bits)}`;
}

function ofCidr(use: (cidr: Cidr, other: Value) => Result): Implementation {
  return ([cidr = null, other = null]) => (cidr instanceof Cidr ? use(cidr, other) : noSuchOverload());
}

const containsIp = ofCidr((cidr, other) => {
  // Of a text that is no address the server says nothing more.
  const address = typeof other === 'string' ? parseIp(other) : other;
  return address instanceof Ip ? cidr.contains(address) : noSuchOverload();
});

const containsCidr = ofCidr((cidr, other) => {
  const inner = typeof other === 'string' ? parseCidr(other) : other;
  if (isError(inner)) return inner;
  return inner instanceof Cidr ? cidr.bits <= inner.bits && cidr.contains(inner.address) : noSuchOverload();
});

const containsCost: CallCost = ([cidr, other], _, overload) =>
  Math.ceil(2 * actualSize(cidr) * 0.1) + (overload === 'cidr_contains_ip_string' ? traversal(other) : 0);

const containsCidrCost: CallCost = ([cidr, other], _, overload) =>
  Math.ceil(2 * actualSize(cidr) * 0.1) + traversal(cidr) + 1 + (overload === 'cidr_contains_cidr_string' ? traversal(other) : 0);

/** Ranges of addresses. */
export function cidr(): Library {
  return {
    functions: [
      declare(
        'cidr',
        [['string_to_cidr', '(string): net.CIDR', ([text = null]) => (typeof text === 'string' ? parseCidr(text) : noSuchOverload())]],
        byText,
      ),
      declare(
        'isCIDR',
        [['is_cidr', '(string): bool', ([text = null]) => (typeof text === 'string' ? !isError(parseCidr(text)) : noSuchOverload())]],
        byText,
      ),
      declare(
        'containsIP',
        [
          ['cidr_contains_ip_string', 'net.CIDR.(string): bool', containsIp],
          ['cidr_contains_ip_ip', 'net.CIDR.(net.IP): bool', containsIp],
        ],
        containsCost,
      ),
      declare(
        'containsCIDR',
        [
          ['cidr_contains_cidr_string', 'net.CIDR.(string): bool', containsCidr],
          ['cidr_contains_cidr', 'net.CIDR.(net.CIDR): bool', containsCidr],
        ],
        containsCidrCost,
      ),
      declare('ip', [['cidr_ip', 'net.CIDR.(): net.IP', ofCidr((range) => range.address)]]),
      declare('prefixLength', [['cidr_prefix_length', 'net.CIDR.(): int', ofCidr((range) => range.bits)]], nominal),
      declare('masked', [['cidr_masked', 'net.CIDR.(): net.CIDR', ofCidr((range) => range.masked())]], nominal),
      declare('string', [['cidr_to_string', '(net.CIDR): string', ofCidr((range) => range.toString())]]),
    ],
    types: [{ kind: 'opaque', name: 'net.CIDR', parameters: [] }],
  };
}

import { traversal } from '../cost/runtime-cost.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { Ip } from '../value/ip.ts';
import type { Result, Value } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';
import { ipFault } from './ip-fault.ts';

const nominal: CallCost = () => 1;

/** An address that the server takes: without a zone, and not one of IPv4 in IPv6's clothes. */
export function parseIp(text: string): Ip | CelError {
  const [plain = '', zone] = text.includes('%') ? [text.slice(0, text.indexOf('%')), text.slice(text.indexOf('%') + 1)] : [text, undefined];
  const address = zone === '' ? undefined : Ip.parse(plain);
  if (address === undefined || (zone !== undefined && address.family === 4))
    return new CelError(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): ${ipFault(text) ?? 'unable to parse IP'}`,
    );
  if (zone !== undefined) return new CelError(`IP address ${JSON.stringify(text)} with zone value is not allowed`);
  if (address.isMapped) return new CelError(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`);
  return address;
}

function ofText(use: (address: Ip, text: string) => Result): Implementation {
  return ([text = null]) => {
    if (typeof text !== 'string') return noSuchOverload();
    const address = parseIp(text);
    return isError(address) ? address : use(address, text);
  };
}

function ofIp(use: (address: Ip) => Result): Implementation {
  return ([address = null]: readonly Value[]) => (address instanceof Ip ? use(address) : noSuchOverload());
}

/** Addresses. */
export function ip(): Library {
  const accessor = (name: string, id: string, result: string, use: (address: Ip) => Result) =>
    declare(name, [[id, `net.IP.(): ${result}`, ofIp(use)]], nominal);
  return {
    functions: [
      declare('ip', [['string_to_ip', '(string): net.IP', ofText((address) => address)]], ([text], _, overload) =>
        overload === 'cidr_ip' ? 1 : traversal(text),
      ),
      declare('ip.isCanonical', [['ip_is_canonical', '(string): bool', ofText((address, text) => address.toString() === text)]], ([text]) =>
        traversal(text, 2),
      ),
      declare(
        'isIP',
        [['is_ip', '(string): bool', ([text = null]) => (typeof text === 'string' ? !isError(parseIp(text)) : noSuchOverload())]],
        ([text]) => traversal(text),
      ),
      accessor('family', 'ip_family', 'int', (address) => address.family),
      accessor('isUnspecified', 'ip_is_unspecified', 'bool', (address) => address.isUnspecified),
      accessor('isLoopback', 'ip_is_loopback', 'bool', (address) => address.isLoopback),
      accessor('isLinkLocalMulticast', 'ip_is_link_local_multicast', 'bool', (address) => address.isLinkLocalMulticast),
      accessor('isLinkLocalUnicast', 'ip_is_link_local_unicast', 'bool', (address) => address.isLinkLocalUnicast),
      accessor('isGlobalUnicast', 'ip_is_global_unicast', 'bool', (address) => address.isGlobalUnicast),
      declare('string', [['ip_to_string', '(net.IP): string', ofIp((address) => address.toString())]]),
    ],
    types: [{ kind: 'opaque', name: 'net.IP', parameters: [] }],
  };
}

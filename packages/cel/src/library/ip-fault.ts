/** Why a text is no address, as Go's net/netip says it; undefined where it is one. */
export function ipFault(text: string): string | undefined {
  const mark = /[.:%]/.exec(text)?.[0];
  if (mark === '.') return fault4(text);
  if (mark === ':') return fault6(text);
  return mark === '%' ? 'missing IPv6 address' : 'unable to parse IP';
}

function fault4(text: string): string | undefined {
  let fields = 0;
  let digits = '';
  for (const [index, character] of Array.from(text).entries()) {
    const rest = JSON.stringify(Array.from(text).slice(index).join(''));
    if (/\d/.test(character)) {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += character;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (character === '.') {
      if (digits === '' || index === text.length - 1) return `IPv4 field must have at least one digit (at ${rest})`;
      if (fields === 3) return 'IPv4 address too long';
      fields += 1;
      digits = '';
    } else return `unexpected character (at ${rest})`;
  }
  return fields < 3 ? 'IPv4 address too short' : undefined;
}

function fault6(whole: string): string | undefined {
  const zone = whole.indexOf('%');
  if (zone >= 0 && zone === whole.length - 1) return 'zone must be a non-empty string';
  let text = zone < 0 ? whole : whole.slice(0, zone);
  let hasGap = false;
  let bytes = 0;
  if (text.startsWith('::')) {
    hasGap = true;
    text = text.slice(2);
    if (text === '') return undefined;
  }
  while (bytes < 16) {
    const at = `(at ${JSON.stringify(text)})`;
    const group = /^[0-9a-fA-F]*/.exec(text)?.[0] ?? '';
    if (group.length > 4)
      return Number.parseInt(group.slice(0, 5), 16) > 0xffff
        ? `each group must have 4 or less digits ${at}`
        : `IPv6 field has value >=2^16 ${at}`;
    if (group === '') return `each colon-separated field must have at least one digit ${at}`;
    if (text[group.length] === '.') {
      if (!hasGap && bytes !== 12) return `embedded IPv4 address must replace the final 2 fields of the address ${at}`;
      if (bytes + 4 > 16) return `too many hex fields to fit an embedded IPv4 at the end of the address ${at}`;
      const fault = fault4(text);
      if (fault !== undefined) return fault;
      text = '';
      bytes += 4;
      break;
    }
    bytes += 2;
    text = text.slice(group.length);
    if (text === '') break;
    const rest = (from: string): string => `(at ${JSON.stringify(from)})`;
    if (!text.startsWith(':')) return `unexpected character, want colon ${rest(text)}`;
    if (text.length === 1) return `colon must be followed by more characters ${rest(text)}`;
    text = text.slice(1);
    if (text.startsWith(':')) {
      if (hasGap) return `multiple :: in address ${rest(text)}`;
      hasGap = true;
      text = text.slice(1);
      if (text === '') break;
    }
  }
  if (text !== '') return `trailing garbage after address (at ${JSON.stringify(text)})`;
  if (bytes < 16) return hasGap ? undefined : 'address string too short';
  return hasGap ? 'the :: must expand to at least one field of zeros' : undefined;
}

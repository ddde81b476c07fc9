/** An image in parts: `registry/name`, its tag and digest where it says them. */
interface Image {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function imageOf(text: string): Image {
  const [plain = '', digest] = text.split('@');
  const colon = plain.lastIndexOf(':');
  // A colon before the last slash is that of a port.
  const hasTag = colon > plain.lastIndexOf('/');
  return { name: hasTag ? plain.slice(0, colon) : plain, tag: hasTag ? plain.slice(colon + 1) : undefined, digest };
}

/**
 * How the version of one image stands to that of another: above 0 newer, below 0 older; undefined where they are not the same image or
 * nothing tells. Versions are numbers with dots, and compare where what is behind them (`-alpine`) is the same.
 */
export function compareImages(a: string, b: string): number | undefined {
  const [left, right] = [imageOf(a), imageOf(b)];
  if (left.name !== right.name || left.tag === undefined || right.tag === undefined) return undefined;
  const [one, other] = [versionOf(left.tag), versionOf(right.tag)];
  if (one === undefined || other === undefined || one.rest !== other.rest) return undefined;
  for (let at = 0; at < Math.max(one.numbers.length, other.numbers.length); at++) {
    const difference = (one.numbers[at] ?? 0n) - (other.numbers[at] ?? 0n);
    if (difference !== 0n) return difference > 0n ? 1 : -1;
  }
  return 0;
}

function versionOf(tag: string): { readonly numbers: readonly bigint[]; readonly rest: string } | undefined {
  const found = /^v?(\d+(?:\.\d+)*)((?:[-+].*)?)$/.exec(tag);
  return found === null ? undefined : { numbers: (found[1] ?? '').split('.').map(BigInt), rest: found[2] ?? '' };
}

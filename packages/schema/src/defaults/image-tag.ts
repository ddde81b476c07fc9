// The reference grammar of github.com/distribution/reference, as pkg/util/parsers.ParseImageName of Kubernetes asks it.
const COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${COMPONENT}(?:\\.${COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const HEX_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
/** Of a repository without its domain. */
const LONGEST_PATH = 255;

let grammar: RegExp | undefined;

/** The tag that the server reads from an image: `latest` where neither a tag nor a digest is written, `''` for a digest alone and for what is no reference. */
export function imageTag(image: string): string {
  if (/^[a-f0-9]{64}$/.test(image)) return '';
  const [domain, rest] = splitDomain(image);
  const repository = rest.split(':', 1)[0] ?? '';
  if (repository.toLowerCase() !== repository) return '';
  grammar ??= new RegExp(`^(?:${DOMAIN}/)?(${PATH}(?:/${PATH})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`);
  const match = grammar.exec(`${domain}/${rest}`);
  if (match === null || (match[1] ?? '').length > LONGEST_PATH) return '';
  const [, , tag, digest] = match;
  if (digest !== undefined && !isDigest(digest)) return '';
  return tag ?? (digest === undefined ? 'latest' : '');
}

function splitDomain(image: string): [domain: string, rest: string] {
  const slash = image.indexOf('/');
  if (slash < 0) return ['docker.io', `library/${image}`];
  const first = image.slice(0, slash);
  const rest = image.slice(slash + 1);
  const isHub = first === 'index.docker.io' || first === 'docker.io';
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  if (!isDomain) return ['docker.io', image];
  if (!isHub) return [first, rest];
  return ['docker.io', rest.includes('/') ? rest : `library/${rest}`];
}

function isDigest(digest: string): boolean {
  const [algorithm = '', hex = ''] = digest.split(':');
  return Object.hasOwn(HEX_LENGTH, algorithm) && hex.length === HEX_LENGTH[algorithm] && /^[a-f0-9]+$/.test(hex);
}

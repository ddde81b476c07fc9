/** Names that CEL's grammar or Kubernetes keeps for itself, and that fields therefore have in escaped form. */
const RESERVED = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

const SPECIAL: Readonly<Record<string, string>> = { __: '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** The name that a JSON member has in CEL; undefined where it can have none and so cannot be reached by selection. */
export function escapeName(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[a-zA-Z_./-][a-zA-Z0-9_./-]*$/.test(name)) return undefined;
  return name.replace(/__|[-./]/g, (part) => SPECIAL[part] ?? part);
}

/** The JSON member of a name in CEL; undefined where no member has this name. */
export function unescapeName(name: string): string | undefined {
  if (!name.includes('__')) return name;
  let isWrong = false;
  const plain = name.replace(/__[^_]+__/g, (part) => {
    const inner = part.slice(2, -2);
    for (const [text, escaped] of Object.entries(SPECIAL)) if (escaped === part) return text;
    if (RESERVED.has(inner) && part === name) return inner;
    isWrong = true;
    return '';
  });
  return isWrong ? undefined : plain;
}

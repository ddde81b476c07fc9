import { ConfigError } from '@plumbline/core';

/** Reads `1.34`, `v1.34`, `1.34.2` and comma lists of them as minors, each once. Throws `unknown-version` with those that are known. */
export function parseVersions(values: readonly string[], known: readonly string[], where = ''): readonly string[] {
  const minors = new Set<string>();
  for (const value of values.flatMap((list) => list.split(','))) {
    const text = value.trim();
    if (text === '') continue;
    const minor = text === 'latest' ? known[0] : /^v?(\d+\.\d+)(?:\.\d+.*)?$/.exec(text)?.[1];
    if (minor === undefined || (known.length > 0 && !known.includes(minor))) {
      const range = known.length > 0 ? `; known are ${known.at(-1)} to ${known[0]}` : '';
      throw new ConfigError('unknown-version', `${where}unknown Kubernetes version ${JSON.stringify(text)}${range}`);
    }
    minors.add(minor);
  }
  return [...minors];
}

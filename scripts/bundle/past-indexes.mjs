// Splitting goes by files: whoever imports one name of a package's index.ts would bring along all that the index names.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IMPORT = /^import \{([^}]*)\} from '([^']+)';/gm;
const EXPORT = /^export \{([^}]*)\} from '(\.[^']+)';/gm;

/** Gives a function that makes each import of a package's index one of the file that has the name. `indexes`: package name → its index.ts. */
export function pastIndexes(indexes) {
  const known = new Map();
  const homesOf = (index) => {
    if (!known.has(index)) known.set(index, homes(index));
    return known.get(index);
  };
  return (text) =>
    text.replace(IMPORT, (whole, names, from) => {
      const index = indexes[from];
      if (index === undefined) return whole;
      return (
        namesOf(names)
          .map(({ name, as }) => {
            const home = homesOf(index).get(name);
            if (home === undefined) return `import { ${name} as ${as} } from '${from}';`;
            return `import { ${home.name} as ${as} } from '${home.file}';`;
          })
          .join(' ')
          // Lines stay where they are: an error of the build names them.
          .concat('\n'.repeat(whole.split('\n').length - 1))
      );
    });
}

/** Where each name of an index comes from. */
function homes(index) {
  const found = new Map();
  for (const [, names, from] of readFileSync(index, 'utf8').matchAll(EXPORT))
    for (const { name, as } of namesOf(names)) found.set(as, { name, file: join(dirname(index), from).replaceAll('\\', '/') });
  return found;
}

/** Names that are no types. */
function namesOf(text) {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => {
      const [name, as = name] = part.split(/\s+as\s+/);
      return { name, as };
    });
}

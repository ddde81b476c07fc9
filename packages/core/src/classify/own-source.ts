import type { Document } from '../read/document.ts';
import { type JsonValue, member, valueAt } from '../values/json.ts';

/** Tells Git sources of this repository from those of others. */
export interface OwnSource {
  /** Whether an object surely takes its files from another repository than the one that Flux runs this one from. */
  isElsewhere(document: Document): boolean;
}

const GROUP = 'source.toolkit.fluxcd.io/';

/** `documents`: all GitRepositories in sight. What Flux calls `flux-system`, as its bootstrap does, is this repository. */
export function ownSource(documents: readonly Document[]): OwnSource {
  const urls = new Map<string, Set<string>>();
  for (const { value } of documents) {
    const name = valueAt(value, ['metadata', 'name']);
    const url = valueAt(value, ['spec', 'url']);
    if (typeof name !== 'string' || typeof url !== 'string' || url.includes('${')) continue;
    const own = urls.get(name);
    if (own === undefined) urls.set(name, new Set([plainUrl(url)]));
    else own.add(plainUrl(url));
  }
  const own = onlyOf(urls.get('flux-system'));
  return {
    isElsewhere({ value }) {
      const reference = valueAt(value, ['spec', 'sourceRef']);
      const name = member(reference, 'name');
      if (own === undefined || member(reference, 'kind') !== 'GitRepository' || typeof name !== 'string') return false;
      const url = onlyOf(urls.get(name));
      return url !== undefined && url !== own;
    },
  };
}

export function isGitRepository({ value }: Document): boolean {
  const apiVersion: JsonValue | undefined = member(value, 'apiVersion');
  return member(value, 'kind') === 'GitRepository' && typeof apiVersion === 'string' && apiVersion.startsWith(GROUP);
}

function onlyOf(urls: ReadonlySet<string> | undefined): string | undefined {
  return urls?.size === 1 ? [...urls][0] : undefined;
}

/** Host and path, however the repository is reached. */
function plainUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/(?:\.git)?\/*$/, '');
}

import { type Environments, type Resource, type Stage, stageOfWord, wordsOf } from '@plumbline/core';
import { hostsOf } from './hosts.ts';
import { textsOf } from './texts.ts';

// Words of English that name something else as often as an environment.
const AMBIGUOUS = new Set(['test', 'testing', 'stage', 'live', 'pre', 'acc', 'acceptance', 'develop', 'devel', 'tst']);
const HOST = /(?<![\w./@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-]|\.\w)/gi;
const IN_URL = /:\/\/(?:[^\s/@"']*@)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})/gi;
const BUCKET = /\b(?:s3|gs|abfss?|oss):\/\/([a-z0-9][a-z0-9.-]*)/gi;
const FILE = /\.(?:ya?ml|json|properties|conf|cfg|ini|toml|xml|js|ts|py|sh|go|java|jar|log|txt|md|crt|key|pem|html?|css|env|sql|gz|zip)$/i;
const REVERSED = /^(?:com|org|net|io|de|uk|eu|dev|edu|gov)\./i;

/** A place on the network or in a store that a text names, after the environment that it belongs to. */
export interface NamedPlace {
  readonly what: 'host' | 'bucket';
  readonly text: string;
  readonly stage: Stage;
}

/** The hosts and buckets in a text that are called after an environment; nothing where they are of several, since then the text is about environments. */
export function placesIn(text: string): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  for (const line of text.split('\n')) {
    if (/^\s*(?:#|\/\/|;|--)/.test(line)) continue;
    for (const [, bucket = ''] of line.matchAll(BUCKET)) {
      const stage = stageOfWords(wordsOf(bucket), false);
      if (stage !== undefined) found.push({ what: 'bucket', text: bucket, stage });
    }
    const hosts = new Set([...line.matchAll(HOST)].map(([host]) => host));
    for (const [, host = ''] of line.matchAll(IN_URL)) hosts.add(host);
    for (const host of hosts) {
      const stage = stageOfHost(host);
      if (stage !== undefined && !found.some((place) => place.text === host)) found.push({ what: 'host', text: host, stage });
    }
  }
  return new Set(found.map(({ stage }) => stage)).size > 1 ? [] : found;
}

/** The environment that the labels of a host tell, but for its domain, which belongs to nobody's environment. */
export function stageOfHost(host: string): Stage | undefined {
  if (FILE.test(host) || REVERSED.test(host)) return undefined;
  const labels = host.toLowerCase().split('.');
  const service = labels.indexOf('svc');
  const own = service >= 0 ? labels.slice(0, service) : labels.slice(0, -domainOf(host).split('.').length);
  const stages = new Set(own.flatMap((label) => stageOfWords(label.split('-'), label.includes('-')) ?? []));
  return stages.size === 1 ? [...stages][0] : undefined;
}

/** What somebody registered: the last two labels, three where the second is as short as in `co.uk`. */
export function domainOf(host: string): string {
  const labels = host.toLowerCase().split('.');
  return labels.slice(/(?:^|\.)[a-z]{2,3}\.[a-z]{2}$/.test(host.toLowerCase()) ? -3 : -2).join('.');
}

/**
 * Whether a host is one of the user's own: of a cluster, of a domain that the environments serve, or one that has another
 * environment's name where the same object stands elsewhere. Many services of others have a `dev.` or `live.` in their names.
 */
export function isOwnHost(host: string, stage: Stage, resource: Resource, environments: Environments): boolean {
  if (/\.svc(?:\.|$)/.test(host)) return true;
  const domain = domainOf(host);
  if (servedDomains(environments).has(domain)) return true;
  return environments
    .counterparts(resource)
    .some(({ resource: other }) =>
      [...textsOf(other)].some(({ text }) =>
        placesIn(text).some((place) => place.what === 'host' && place.stage !== stage && domainOf(place.text) === domain),
      ),
    );
}

const served = new WeakMap<Environments, ReadonlySet<string>>();

function servedDomains(environments: Environments): ReadonlySet<string> {
  let domains = served.get(environments);
  if (domains === undefined) {
    domains = new Set(environments.all.flatMap(({ resources }) => resources.flatMap(hostsOf)).map(({ host }) => domainOf(host)));
    served.set(environments, domains);
  }
  return domains;
}

/** The environment that a name tells; a word that means other things too does not count. */
export function stageOfNameWords(name: string): Stage | undefined {
  return stageOfWords(wordsOf(name.toLowerCase()), true);
}

function stageOfWords(words: readonly string[], isPart: boolean): Stage | undefined {
  const stages = new Set(words.flatMap((word) => (isPart && AMBIGUOUS.has(word) ? [] : (stageOfWord(word) ?? []))));
  return stages.size === 1 ? [...stages][0] : undefined;
}

/** The name of an environment of a stage. */
export function nameOfStage(stage: Stage, { all }: Environments): string | undefined {
  return all.find((environment) => environment.stage === stage)?.name;
}

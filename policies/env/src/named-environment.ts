import { type Environments, type Stage, stageOfWord, wordsOf } from '@plumbline/core';

// Words of English that name something else as often as an environment.
const AMBIGUOUS = new Set(['test', 'testing', 'stage', 'live', 'pre', 'acc', 'acceptance', 'develop', 'devel', 'tst']);
// Services of others whose hosts are called after their own environments.
const FOREIGN = /(?:^|\.)(?:letsencrypt\.org|sandbox\.paypal\.com|stripe\.com|googleapis\.com)$/i;
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
  if (FOREIGN.test(host) || FILE.test(host) || REVERSED.test(host)) return undefined;
  const labels = host.toLowerCase().split('.');
  const service = labels.indexOf('svc');
  const own = service >= 0 ? labels.slice(0, service) : labels.slice(0, -2);
  const stages = new Set(own.flatMap((label) => stageOfWords(label.split('-'), label.includes('-')) ?? []));
  return stages.size === 1 ? [...stages][0] : undefined;
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

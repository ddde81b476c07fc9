/** The stages of a landscape, in order of promotion. */
export const STAGES = ['dev', 'qa', 'uat', 'live'] as const;
export type Stage = (typeof STAGES)[number];

const WORDS: Readonly<Record<string, Stage>> = {
  dev: 'dev',
  devel: 'dev',
  develop: 'dev',
  development: 'dev',
  qa: 'qa',
  test: 'qa',
  testing: 'qa',
  tst: 'qa',
  uat: 'uat',
  acc: 'uat',
  acceptance: 'uat',
  stage: 'uat',
  staging: 'uat',
  stg: 'uat',
  pre: 'uat',
  preprod: 'uat',
  preproduction: 'uat',
  live: 'live',
  prod: 'live',
  prd: 'live',
  production: 'live',
};

/** The stage that the name of an environment, cluster or folder tells: `prod-eu` is live. Undefined where it tells none, or two. */
export function stageOfName(name: string): Stage | undefined {
  const plain = name.toLowerCase();
  if (plain.includes('prod')) {
    // `pre-prod` comes before prod, `non-prod` may be anything else.
    if (/(?:^|[-_.])non[-_.]?prod(?:uction)?(?:[-_.]|$)/.test(plain)) return undefined;
    if (/(?:^|[-_.])pre[-_.]?prod(?:uction)?(?:[-_.]|$)/.test(plain)) return 'uat';
  }
  let told: Stage | undefined;
  for (const word of wordsOf(plain)) {
    const stage = stageOfWord(word);
    if (stage === undefined || stage === told) continue;
    if (told !== undefined) return undefined;
    told = stage;
  }
  return told;
}

/** The stage of one word, in lower case. */
export function stageOfWord(word: string): Stage | undefined {
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

/** The words of a name, a host or a path. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

/** A name without the words that name its environment: `web-live` and `web-dev` are the same component. */
export function withoutStage(name: string, environment: string): string {
  const own = environment.toLowerCase();
  const words = name.split(/[-_.]/).filter((word) => word.toLowerCase() !== own && stageOfWord(word.toLowerCase()) === undefined);
  return words.length === 0 ? name : words.join('-');
}

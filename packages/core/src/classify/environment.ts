import { stageOfName, stageOfWord, wordsOf } from '../environments/stage.ts';

// Steps that are environments of their own, also without a stage.
const WORDS = new Set(
  (
    'dev devel develop development qa test testing tst uat acc acceptance int integration pre preprod preproduction pre-prod ' +
    'pre-production stage staging stg live prd prod production sandbox demo nonprod non-prod canary dr'
  ).split(' '),
);
const PARENTS = new Set(['cluster', 'clusters', 'environment', 'environments', 'env', 'envs']);
// Folders whose steps are environments where they sound like one: `stages/uat`, `overlays/prod-eu`.
const LIKELY_PARENTS = new Set(['stage', 'stages', 'overlay', 'overlays']);
const SIDE = 'north|south|east|west|central|northeast|northwest|southeast|southwest';
const PART = 'eu|us|uk|de|fr|ca|cn|jp|sg|ap';
const PLACE = new RegExp(
  `^(?:(?:${PART})(?:(?:${SIDE})?\\d{0,2}|(?:[nsewc]|ne|nw|se|sw)\\d{1,2})|(?:${SIDE})(?:${PART}|europe|asia|india)?\\d{0,2}|asia|africa|europe|america|emea|apac|amer|cluster|region|primary|secondary|blue|green)$`,
);
// Names of regions begin with these, and of many other things.
const MAYBE_PLACE = new Set(['me', 'sa', 'af', 'au', 'in', 'br', 'gov']);

/**
 * The environment or cluster that the folder names tell: a folder named as one (`live`, `staging`, `prod-eu`), or any folder right
 * below `clusters`, `environments` and the like. Undefined where they say nothing.
 */
export function environmentOfPath(path: string): string | undefined {
  const steps = path.split('/');
  let found: string | undefined;
  for (let index = 0; index + 1 < steps.length; index++) {
    const step = steps[index] ?? '';
    const parent = steps[index - 1] ?? '';
    if (PARENTS.has(parent)) found = step;
    else if (LIKELY_PARENTS.has(parent) && stageOfName(step) !== undefined) found = step;
    else if (found === undefined && (WORDS.has(step) || isStageAtPlace(step))) found = step;
  }
  return found;
}

// Folders of one name lie below many others.
const MOST_NAMES = 10_000;
const asked = new Map<string, boolean>();

function isStageAtPlace(name: string): boolean {
  let is = asked.get(name);
  if (is === undefined) {
    if (asked.size >= MOST_NAMES) asked.clear();
    is = tellsStageAtPlace(name);
    asked.set(name, is);
  }
  return is;
}

/** Whether a name is a stage and the place of its cluster, and nothing else: `prod-eu-west-1`, `us2.staging`. */
function tellsStageAtPlace(name: string): boolean {
  const words = wordsOf(name);
  if (words.length < 2 || stageOfName(name) === undefined) return false;
  const isPlace = (word: string, index: number): boolean =>
    PLACE.test(word) || MAYBE_PLACE.has(word) || (index > 1 && /^\d{1,2}[a-z]?$/.test(word));
  return words.every((word, index) => stageOfWord(word) !== undefined || isPlace(word, index)) && words.some((word) => PLACE.test(word));
}

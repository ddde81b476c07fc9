const WORDS = new Set(
  (
    'dev devel develop development qa test testing tst uat acc acceptance int integration pre preprod preproduction pre-prod ' +
    'pre-production stage staging stg live prd prod production sandbox demo nonprod non-prod canary dr'
  ).split(' '),
);
const PARENTS = new Set(['cluster', 'clusters', 'environment', 'environments', 'env', 'envs', 'stage', 'stages']);

/**
 * The environment or cluster that the folder names tell: a folder named as one (`live`, `staging`), or any folder right
 * below `clusters`, `environments` and the like. Undefined where they say nothing.
 */
export function environmentOfPath(path: string): string | undefined {
  const steps = path.split('/');
  let found: string | undefined;
  for (let index = 0; index + 1 < steps.length; index++) {
    const step = steps[index] ?? '';
    if (index > 0 && PARENTS.has(steps[index - 1] ?? '')) found = step;
    else if (found === undefined && WORDS.has(step)) found = step;
  }
  return found;
}

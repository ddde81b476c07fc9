import { isSlip } from '../values/slip.ts';
import type { Repository } from './repository.ts';

/** The path that is meant where one step of `path` (plain, from the root) is a slip of a name that is there, and the steps before it are. */
export function meantPath(path: string, repository: Repository): string | undefined {
  const steps = path.split('/');
  let above = '';
  for (const [index, step] of steps.entries()) {
    const here = above === '' ? step : `${above}/${step}`;
    if (repository.kindOf(here) !== undefined) {
      above = here;
      continue;
    }
    for (const name of repository.namesIn(above)) {
      if (!isSlip(step, name)) continue;
      const meant = [...(above === '' ? [] : [above]), name, ...steps.slice(index + 1)].join('/');
      if (repository.kindOf(meant) !== undefined) return meant;
    }
    return undefined;
  }
  return undefined;
}

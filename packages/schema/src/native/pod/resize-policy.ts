import type { JsonObject } from '@plumbline/core';
import { checkChoice, checkThere } from '../forms.ts';
import { duplicate, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { listIn, textIn } from '../values.ts';
import { clash, takeBackRepetition } from './clash.ts';
import { itemAt } from './items.ts';

/** How a container takes a change of its resources: validateResizePolicy. The feature came on in 1.33. `at`: of the container. */
export function checkResizePolicy(container: JsonObject, spec: JsonObject, runsOn: boolean, at: Place, judgement: Judgement): void {
  if (judgement.minor < 33) return;
  const policies = listIn(container, 'resizePolicy');
  const seen: string[] = [];
  for (let index = 0; index < policies.length; index++) {
    const policy = itemAt(policies, index);
    if (policy === undefined) continue;
    const place = at.in('resizePolicy').in(index);
    const resource = textIn(policy, 'resourceName');
    if (seen.includes(resource)) {
      takeBackRepetition(judgement, place);
      duplicate(judgement, place, resource, `${resource} is in resizePolicy twice`);
    }
    seen.push(resource);
    checkThere(policy, 'resourceName', place, judgement, 'the policy has no resourceName: cpu, memory');
    checkChoice(policy, 'resourceName', ['cpu', 'memory'], place, judgement, 'absent');
    checkThere(policy, 'restartPolicy', place, judgement, 'the policy has no restartPolicy: NotRequired, RestartContainer');
    checkChoice(policy, 'restartPolicy', ['NotRequired', 'RestartContainer'], place, judgement, 'absent');
    if (policy.restartPolicy !== 'RestartContainer') continue;
    if (spec.restartPolicy === 'Never')
      clash(
        judgement,
        place.in('restartPolicy'),
        'RestartContainer',
        'nothing is restarted in a pod with restartPolicy Never: write NotRequired',
      );
    else if (!runsOn)
      clash(judgement, place.in('restartPolicy'), 'RestartContainer', 'an init container that ends is not restarted: write NotRequired');
  }
}

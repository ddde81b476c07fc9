import { flagIn, objectIn } from '../../native/values.ts';
import { badContainers, type Check, containersNamed, type Spot, settersOf, type Violation } from '../check.ts';
import { hasUserNamespace, type Pod } from '../pod.ts';

const PATH = ['securityContext', 'runAsNonRoot'];

export const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  rule: 'pss/run-as-non-root',
  level: 'restricted',
  versions: [
    { since: 0, judge },
    { since: 35, judge: (pod) => (hasUserNamespace(pod) ? undefined : judge(pod)) },
  ],
};

function judge(pod: Pod): Violation | undefined {
  const ofPod = flagIn(pod.securityContext, 'runAsNonRoot');
  const reason = 'runAsNonRoot != true';
  const wrong = badContainers(pod, (container) =>
    flagIn(objectIn(container, 'securityContext'), 'runAsNonRoot') === false ? [{ path: PATH }] : [],
  );
  const setters = settersOf(ofPod === false, wrong.names);
  if (setters.length > 0) {
    const spots: Spot[] = [...(ofPod === false ? [{ path: [...pod.path, ...PATH] }] : []), ...wrong.spots];
    return { reason, detail: `${setters.join(' and ')} must not set securityContext.runAsNonRoot=false`, spots };
  }
  if (ofPod === true) return undefined;
  const silent = badContainers(pod, (container) =>
    flagIn(objectIn(container, 'securityContext'), 'runAsNonRoot') === undefined ? [{ path: PATH, part: 'key' }] : [],
  );
  if (silent.names.length === 0) return undefined;
  return { reason, detail: `pod or ${containersNamed(silent.names)} must set securityContext.runAsNonRoot=true`, spots: silent.spots };
}

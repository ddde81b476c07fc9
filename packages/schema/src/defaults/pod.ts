import { type Defaulters, defaulter } from './defaulter.ts';
import { at, type Draft, ensure, fillFrom, get, isZero, listAt, setIfAbsent, setIfZero } from './draft.ts';
import { imageTag } from './image-tag.ts';
import { fillPodResources } from './pod-resources.ts';

// pkg/apis/core/v1/defaults.go: what stands in pods and in templates of pods.

const FIRST_WITH_IMAGE_VOLUMES = 35;
/** The feature is on from 1.34 on; from 1.37 on a pod's own resources are filled in when it is created, after admission. */
const POD_RESOURCES: readonly [from: number, until: number] = [34, 36];
/** Until then a template of the host's network got host ports too. */
const LAST_WITH_HOST_PORTS_IN_TEMPLATES = 27;
/** From then on defaulting keeps the two names of the service account equal; before it was conversion (`stored.ts`). */
export const FIRST_WITH_SERVICE_ACCOUNT = 37;

export const POD: Defaulters = {
  'core.v1.Container': defaulter('Container', setContainer),
  'core.v1.EphemeralContainer': defaulter('EphemeralContainer', setContainer),
  'core.v1.Volume': defaulter('Volume', setVolume),
  'core.v1.PodSpec': defaulter('PodSpec', setPodSpec),
  'core.v1.Pod': defaulter('Pod', setPod),
  'core.v1.PodStatus': defaulter('PodStatus', setPodStatus),
};

function setContainer(container: Draft): void {
  setIfZero(container, 'imagePullPolicy', pullPolicyOf(get(container, 'image')));
  setIfZero(container, 'terminationMessagePath', '/dev/termination-log');
  setIfZero(container, 'terminationMessagePolicy', 'File');
}

function pullPolicyOf(image: unknown): string {
  return imageTag(typeof image === 'string' ? image : '') === 'latest' ? 'Always' : 'IfNotPresent';
}

function setVolume(volume: Draft, minor: number): void {
  if (!Object.keys(volume).some((name) => name !== 'name')) volume.emptyDir = {};
  const image = at(volume, 'image');
  if (image !== undefined && minor >= FIRST_WITH_IMAGE_VOLUMES) setIfZero(image, 'pullPolicy', pullPolicyOf(get(image, 'reference')));
}

function setPodSpec(spec: Draft, minor: number): void {
  if (minor >= FIRST_WITH_SERVICE_ACCOUNT) alignServiceAccount(spec);
  setIfZero(spec, 'dnsPolicy', 'ClusterFirst');
  setIfZero(spec, 'restartPolicy', 'Always');
  setIfAbsent(spec, 'securityContext', {});
  setIfAbsent(spec, 'terminationGracePeriodSeconds', 30);
  setIfZero(spec, 'schedulerName', 'default-scheduler');
  if (minor <= LAST_WITH_HOST_PORTS_IN_TEMPLATES) setHostPorts(spec);
}

/** The old name of the field and the new one; the new one wins. */
export function alignServiceAccount(spec: Draft): void {
  const name = isZero(get(spec, 'serviceAccountName')) ? get(spec, 'serviceAccount') : get(spec, 'serviceAccountName');
  if (name === undefined) return;
  spec.serviceAccountName = name;
  spec.serviceAccount = name;
}

function setPod(pod: Draft, minor: number): void {
  const spec = ensure(pod, 'spec');
  const grace = get(spec, 'terminationGracePeriodSeconds');
  if (typeof grace === 'number' && grace < 0) spec.terminationGracePeriodSeconds = 1;
  for (const container of [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]) {
    const limits = at(container, 'resources', 'limits');
    if (limits !== undefined) fillFrom(ensure(ensure(container, 'resources'), 'requests'), limits);
  }
  if (minor >= POD_RESOURCES[0] && minor <= POD_RESOURCES[1]) fillPodResources(spec);
  setIfAbsent(spec, 'enableServiceLinks', true);
  setHostPorts(spec);
}

function setHostPorts(spec: Draft): void {
  if (get(spec, 'hostNetwork') !== true) return;
  for (const container of [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')])
    for (const port of listAt(container, 'ports')) {
      const own = get(port, 'containerPort');
      if (own !== undefined) setIfZero(port, 'hostPort', own);
    }
}

function setPodStatus(status: Draft): void {
  const ip = get(status, 'podIP');
  const [first] = listAt(status, 'podIPs');
  if (typeof ip === 'string' && ip !== '' && (first === undefined || first.ip !== ip)) status.podIPs = [{ ip }];
  else if (isZero(ip) && first?.ip !== undefined) status.podIP = first.ip;
}

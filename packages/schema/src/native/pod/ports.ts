import type { JsonObject, JsonValue } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, checkThere } from '../forms.ts';
import { duplicate, invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, numberIn, textIn } from '../values.ts';
import { clash } from './clash.ts';
import { itemAt } from './items.ts';
import { isPortNumber, portNameFault } from './port-names.ts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** ports of one container: validateContainerPorts. `at`: of the container. */
export function checkPorts(container: JsonObject, at: Place, judgement: Judgement): void {
  const ports = listIn(container, 'ports');
  for (let index = 0; index < ports.length; index++) {
    const port = itemAt(ports, index);
    if (port === undefined) continue;
    const name = textIn(port, 'name');
    if (name !== '') checkName(ports, name, index, at, judgement);
    const number = numberIn(port, 'containerPort') ?? 0;
    if (number === 0) checkThere(port, 'containerPort', at.in('ports').in(index), judgement, 'the port has no containerPort');
    else if (!isPortNumber(number)) refuseNumber(number, at.in('ports').in(index).in('containerPort'), judgement);
    const onHost = numberIn(port, 'hostPort') ?? 0;
    if (onHost !== 0 && !isPortNumber(onHost)) refuseNumber(onHost, at.in('ports').in(index).in('hostPort'), judgement);
    if (port.protocol !== undefined) checkChoice(port, 'protocol', PROTOCOLS, at.in('ports').in(index), judgement, 'absent');
  }
}

function refuseNumber(port: number, place: Place, judgement: Judgement): void {
  invalid(judgement, place, port, `port ${port} is not between 1 and 65535`);
}

function checkName(ports: readonly JsonValue[], name: string, index: number, at: Place, judgement: Judgement): void {
  const fault = portNameFault(name);
  if (fault !== undefined) {
    invalid(judgement, at.in('ports').in(index).in('name'), name, `port name ${quote(name)} ${fault}`, 'wl/port-name');
    return;
  }
  for (let earlier = 0; earlier < index; earlier++)
    if (itemAt(ports, earlier)?.name === name) {
      const place = at.in('ports').in(index).in('name');
      duplicate(judgement, place, name, `port name ${quote(name)} is there twice in the container`, 'wl/duplicate-port');
      return;
    }
}

/**
 * Ports of the host that the containers of a list want, each once: checkHostPortConflicts, validatePodHostNetworkDeps.
 * `isPod`: a Pod in the host's network has each port also as one of the host; a template has not, yet.
 */
export function checkHostPorts(
  spec: JsonObject,
  list: 'containers' | 'initContainers',
  at: Place,
  judgement: Judgement,
  isPod: boolean,
): void {
  const isHost = spec.hostNetwork === true;
  const containers = listIn(spec, list);
  let taken: Set<string> | undefined;
  for (let index = 0; index < containers.length; index++) {
    const container = itemAt(containers, index);
    if (container === undefined || !has(container, 'ports')) continue;
    // Init containers run one after the other.
    if (list === 'initContainers') taken = undefined;
    const ports = listIn(container, 'ports');
    for (let one = 0; one < ports.length; one++) {
      const port = itemAt(ports, one);
      if (port === undefined) continue;
      const written = numberIn(port, 'hostPort') ?? 0;
      const number = numberIn(port, 'containerPort') ?? 0;
      const onHost = written === 0 && isHost && isPod ? number : written;
      if (onHost === 0) continue;
      if (isHost && list === 'containers' && onHost !== number && typeof port.containerPort !== 'string')
        clash(
          judgement,
          at.in(list).in(index).in('ports').in(one).in('hostPort'),
          written,
          `hostPort ${written} is not the containerPort ${number}, which hostNetwork asks for`,
        );
      taken ??= new Set();
      const key = `${textIn(port, 'protocol') || 'TCP'}/${textIn(port, 'hostIP')}/${onHost}`;
      if (taken.has(key)) refuseTaken(port, key, at.in(list).in(index).in('ports').in(one), judgement);
      else taken.add(key);
    }
  }
}

function refuseTaken(port: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const isWritten = (numberIn(port, 'hostPort') ?? 0) !== 0;
  const why = isWritten ? '' : ', which hostNetwork makes of the containerPort';
  clash(
    judgement,
    at.in(isWritten ? 'hostPort' : 'containerPort'),
    undefined,
    `port ${key} of the host is taken twice${why}`,
    'wl/duplicate-port',
  );
}

import type { JsonObject } from '@plumbline/core';
import { toDotted } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, numberIn, textIn } from '../values.ts';
import { takeBackRepetition } from './clash.ts';
import { itemAt } from './items.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const RULE = 'wl/duplicate-port';

interface Port {
  readonly at: Place;
  /** Which container of the pod has it. */
  readonly owner: JsonObject;
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
  readonly hostIP: string;
  readonly onHost: number;
}

/** The server's warnings of ports that two containers, or one, have twice. `at`: of the spec. */
export function warnOfPorts(spec: JsonObject, at: Place, judgement: Judgement, isPod: boolean): void {
  if (!hasMore(spec)) return;
  const isHost = isPod && spec.hostNetwork === true;
  const seen: Port[] = [];
  for (const list of LISTS) {
    const containers = listIn(spec, list);
    for (let index = 0; index < containers.length; index++) {
      const container = itemAt(containers, index);
      if (container === undefined) continue;
      const ports = listIn(container, 'ports');
      for (let one = 0; one < ports.length; one++) {
        const item = itemAt(ports, one);
        if (item === undefined) continue;
        const port = portOf(item, container, at.in(list).in(index).in('ports').in(one), isHost);
        if (port.hostIP !== '' && port.onHost === 0) warn(judgement, port.at, 'hostIP does nothing without a hostPort', RULE);
        for (const other of seen) warnOfTwo(port, other, judgement);
        seen.push(port);
      }
    }
  }
}

/** Whether there are two ports, or one that speaks of the host. */
function hasMore(spec: JsonObject): boolean {
  let many = 0;
  for (const list of LISTS) {
    if (!has(spec, list)) continue;
    const containers = listIn(spec, list);
    for (let index = 0; index < containers.length; index++) {
      const container = itemAt(containers, index);
      if (container === undefined || !has(container, 'ports')) continue;
      const ports = listIn(container, 'ports');
      many += ports.length;
      if (many > 1 || itemAt(ports, 0)?.hostIP !== undefined) return true;
    }
  }
  return false;
}

function portOf(item: JsonObject, owner: JsonObject, at: Place, isHost: boolean): Port {
  const number = numberIn(item, 'containerPort') ?? 0;
  const written = numberIn(item, 'hostPort') ?? 0;
  return {
    at,
    owner,
    name: textIn(item, 'name'),
    number,
    protocol: textIn(item, 'protocol') || 'TCP',
    hostIP: textIn(item, 'hostIP'),
    onHost: written === 0 && isHost ? number : written,
  };
}

function warnOfTwo(port: Port, other: Port, judgement: Judgement): void {
  if (port.number === other.number && port.protocol === other.protocol) warnOfNumbers(port, other, judgement);
  // Within one container the server refuses it.
  if (port.name !== '' && port.name === other.name && port.owner !== other.owner)
    warn(
      judgement,
      port.at.in('name'),
      `port name ${quote(port.name)} is also at ${toDotted(other.at.path())}, where Services and probes that name it will go`,
      RULE,
    );
}

function warnOfNumbers(port: Port, other: Port, judgement: Judgement): void {
  const where = toDotted(other.at.path());
  const what = `port ${port.number}/${port.protocol}`;
  const isSame = port.hostIP === other.hostIP && port.onHost === other.onHost;
  if (isSame) {
    takeBackRepetition(judgement, port.at);
    warn(judgement, port.at, `${what} is the same as ${where}: containers of a pod share their ports`, RULE);
  } else if (port.onHost === 0 || other.onHost === 0) {
    takeBackRepetition(judgement, port.at);
    warn(judgement, port.at, `${what} is also at ${where}, with another hostPort`, RULE);
  } else if (port.onHost === other.onHost && (port.hostIP === '') !== (other.hostIP === ''))
    warn(judgement, port.at, `${what} is also at ${where}, of which one names a hostIP and the other none: which gets it is open`, RULE);
}

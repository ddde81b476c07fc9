import { isObject, type JsonObject } from '@plumbline/core';
import { isLeftToLater } from '../../placeholder.ts';
import { checkRange, conflict } from '../forms.ts';
import { duplicate, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { takeBackRepetition } from '../pod/clash.ts';
import { has, listIn, numberIn, textIn } from '../values.ts';
import { checkAppProtocol, checkPort, checkPortLabel, checkPortOrName, checkProtocol } from './ports.ts';
import { choosesNodePorts, type ServiceFacts } from './service.ts';

const RULE = 'net/service-duplicate-port';
const EMPTY: JsonObject = {};

/** Ports of a Service: validateServicePort, and what they may not have in common. `at`: of the spec. */
export function checkServicePorts(spec: JsonObject, at: Place, judgement: Judgement, facts: ServiceFacts): void {
  const ports = listIn(spec, 'ports');
  if (ports.length === 0) {
    if (!facts.isHeadless && facts.type !== 'ExternalName' && facts.type !== '' && lacksPorts(spec, judgement))
      missing(judgement, at.in('ports'), 'ports are missing: only a headless Service or one of type ExternalName needs none');
    return;
  }
  const list = at.in('ports');
  const isNodeType = facts.type === 'NodePort' || facts.type === 'LoadBalancer';
  for (let index = 0; index < ports.length; index++) {
    const port = ports[index] ?? EMPTY;
    if (!isObject(port)) continue;
    const place = list.in(index);
    const name = textIn(port, 'name');
    if (name !== '') checkPortLabel(name, place, judgement, 'wl/port-name');
    else if (ports.length > 1 && (port.name === undefined || port.name === '' || port.name === null))
      missing(judgement, place.in('name'), 'name is missing, which each of several ports needs', RULE);
    checkPort(port, 'port', place, judgement);
    checkProtocol(port, place, judgement);
    checkPortOrName(port, 'targetPort', place, judgement, 'absent');
    checkAppProtocol(port, place, judgement);
    const nodePort = numberIn(port, 'nodePort');
    if (nodePort === undefined || nodePort === 0) continue;
    if (facts.type === 'ClusterIP') conflict(judgement, place.in('nodePort'), 'nodePort may not be set for type ClusterIP');
    else if (isNodeType) checkRange(port, 'nodePort', 1, 65535, place, judgement);
  }
  if (ports.length < 2) return;
  checkRepetitions(ports, list, judgement);
  if (isNodeType) checkNodePorts(ports, choosesNodePorts(spec), list, judgement);
}

/** Ports of a wrong type are refused for it, and an address that is a variable may be None. */
function lacksPorts(spec: JsonObject, judgement: Judgement): boolean {
  return (!has(spec, 'ports') || Array.isArray(spec.ports)) && !isLeftToLater(textIn(spec, 'clusterIP'), judgement.verdict);
}

function checkRepetitions(ports: readonly unknown[], list: Place, judgement: Judgement): void {
  for (let index = 1; index < ports.length; index++) {
    const port = ports[index];
    if (!isObject(port)) continue;
    const name = textIn(port, 'name');
    const nodePort = numberIn(port, 'nodePort') ?? 0;
    for (let before = 0; before < index; before++) {
      const other = ports[before];
      if (!isObject(other)) continue;
      if (name !== '' && name === other.name)
        duplicate(judgement, list.in(index).in('name'), name, `name "${name}" of a port is in ports twice, first at index ${before}`, RULE);
      const protocol = protocolOf(port);
      if (protocol === '' || protocol !== protocolOf(other)) continue;
      const number = numberIn(port, 'port');
      if (number !== undefined && number === numberIn(other, 'port')) {
        takeBackRepetition(judgement, list.in(index));
        duplicate(judgement, list.in(index), number, `port ${number}/${protocol} is in ports twice, first at index ${before}`, RULE);
      }
      if (nodePort !== 0 && nodePort === numberIn(other, 'nodePort'))
        duplicate(
          judgement,
          list.in(index).in('nodePort'),
          nodePort,
          `nodePort ${nodePort} is in ports twice, first at index ${before}`,
          RULE,
        );
    }
  }
}

function protocolOf(port: JsonObject): string {
  const { protocol } = port;
  return protocol === undefined || protocol === null || protocol === '' ? 'TCP' : typeof protocol === 'string' ? protocol : '';
}

/** Two ports may share a node port only as two protocols of one port: initNodePorts. */
function checkNodePorts(ports: readonly unknown[], areChosen: boolean, list: Place, judgement: Judgement): void {
  const taken = new Set<number>();
  const byPort = new Map<number, number>();
  for (const [index, port] of ports.entries()) {
    if (!isObject(port)) continue;
    const number = numberIn(port, 'port') ?? 0;
    const own = numberIn(port, 'nodePort') ?? 0;
    if (own === 0 && !areChosen) continue;
    const known = byPort.get(number);
    if (known === own || (known !== undefined && own === 0)) continue;
    const asked = known === undefined ? requestedFor(number, ports) : own;
    if (known === undefined) byPort.set(number, asked);
    if (asked === 0) continue;
    if (taken.has(asked))
      duplicate(judgement, list.in(index).in('nodePort'), asked, `nodePort ${asked} is taken by another port of the Service`, RULE);
    taken.add(asked);
  }
}

function requestedFor(number: number, ports: readonly unknown[]): number {
  for (const port of ports) {
    if (!isObject(port) || (numberIn(port, 'port') ?? 0) !== number) continue;
    const nodePort = numberIn(port, 'nodePort') ?? 0;
    if (nodePort !== 0) return nodePort;
  }
  return 0;
}

import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { isPortNumber } from '../pod/port-names.ts';
import { has, listIn, numberIn, objectIn, objectsIn } from '../values.ts';
import { isInNetwork } from './ip.ts';
import { checkNetwork, warnOfNetwork } from './ip-checks.ts';
import { checkPortOrName, checkProtocol } from './ports.ts';

const TYPES = ['Egress', 'Ingress'] as const;
const PEERS = ['podSelector', 'namespaceSelector', 'ipBlock'] as const;
const SPEC = ROOT.in('spec');

/** ValidateNetworkPolicySpec. Selectors are judged by their type. */
export function checkNetworkPolicy(policy: JsonObject, judgement: Judgement): void {
  const spec = objectIn(policy, 'spec');
  if (spec === undefined) return;
  for (const [rule, index] of objectsIn(spec, 'ingress')) checkRule(rule, 'from', SPEC.in('ingress').in(index), judgement);
  for (const [rule, index] of objectsIn(spec, 'egress')) checkRule(rule, 'to', SPEC.in('egress').in(index), judgement);
  const types = listIn(spec, 'policyTypes');
  if (types.length > 2) invalid(judgement, SPEC.in('policyTypes'), types.slice(), 'policyTypes has more than Ingress and Egress');
  else
    for (let index = 0; index < types.length; index++) {
      const type = types[index] ?? '';
      if (typeof type === 'string' && !TYPES.some((one) => one === type))
        unsupported(judgement, SPEC.in('policyTypes').in(index), type, TYPES, 'the policy type');
    }
}

function checkRule(rule: JsonObject, peers: 'from' | 'to', at: Place, judgement: Judgement): void {
  for (const [port, index] of objectsIn(rule, 'ports')) checkPolicyPort(port, at.in('ports').in(index), judgement);
  for (const [peer, index] of objectsIn(rule, peers)) checkPeer(peer, at.in(peers).in(index), judgement);
}

function checkPolicyPort(port: JsonObject, at: Place, judgement: Judgement): void {
  checkProtocol(port, at, judgement, 'wrong');
  checkPortOrName(port, 'port', at, judgement, 'wrong');
  const end = numberIn(port, 'endPort');
  if (end === undefined) return;
  const place = at.in('endPort');
  const start = port.port;
  if (!has(port, 'port')) conflict(judgement, place, 'endPort needs a port that the range starts with', end);
  else if (typeof start === 'string') conflict(judgement, place, 'endPort needs a port that is a number', end);
  else if (!isPortNumber(end)) invalid(judgement, place, end, `endPort ${end} is not between 1 and 65535`);
  else if (typeof start === 'number' && end < start) conflict(judgement, place, `endPort ${end} is less than port ${start}`, end);
}

function checkPeer(peer: JsonObject, at: Place, judgement: Judgement): void {
  const block = objectIn(peer, 'ipBlock');
  if (PEERS.every((key) => !has(peer, key)))
    missing(judgement, at.in('podSelector'), 'the peer says nothing: write a podSelector, a namespaceSelector or an ipBlock');
  else if (has(peer, 'ipBlock') && (has(peer, 'podSelector') || has(peer, 'namespaceSelector')))
    conflict(judgement, at.in('ipBlock'), 'a peer with an ipBlock has no selectors');
  if (block !== undefined) checkBlock(block, at.in('ipBlock'), judgement);
}

/** ValidateIPBlock and the warnings of its CIDRs. */
function checkBlock(block: JsonObject, at: Place, judgement: Judgement): void {
  const { cidr } = block;
  if (lacks(block, 'cidr')) missing(judgement, at.in('cidr'), 'cidr is missing, such as 10.9.8.0/24');
  if (typeof cidr !== 'string' || cidr === '') return;
  const network = checkNetwork(cidr, at.in('cidr'), judgement, 'cidr');
  warnOfNetwork(cidr, at.in('cidr'), judgement);
  if (network === undefined) return;
  const exceptions = listIn(block, 'except');
  for (let index = 0; index < exceptions.length; index++) {
    const text = exceptions[index] ?? '';
    if (typeof text !== 'string') continue;
    const place = at.in('except').in(index);
    const exception = checkNetwork(text, place, judgement, 'exception');
    warnOfNetwork(text, place, judgement);
    if (exception !== undefined && (!isInNetwork(exception, network) || network.bits >= exception.bits))
      invalid(judgement, place, text, `exception ${quote(text)} is no part of ${cidr}`);
  }
}

import type { Fix } from '@plumbline/core';
import { ROOT } from '../src/native/place.ts';
import type { PodAround } from '../src/native/pod/around.ts';
import { checkPodSpec } from '../src/native/pod/pod-spec.ts';
import { type Around, saidOf } from './native-lines.ts';

const POD: PodAround = { metadata: {} };
export const TEMPLATE: PodAround = {};

/** What is said of a spec, given as YAML: of a Pod's, or of a template's. */
export function saidOfSpec(spec: string, around: Around = {}, pod: PodAround = POD): string[] {
  return saidOf((object, judgement) => checkPodSpec(object, ROOT.in('spec'), judgement, pod), spec, around);
}

/** What is said of the members of a container, in flow style, with the path to it left out. */
export function saidOfContainer(members: string, spec = '', around: Around = {}, pod: PodAround = POD): string[] {
  return saidOfSpec(`containers: [{name: a, image: b, ${members}}]\n${spec}`, around, pod).map((line) =>
    line.replace('spec.containers[0].', ''),
  );
}

/** The fixes that are offered for a container of a Pod. */
export function fixesOfContainer(members: string): Fix[] {
  const fixes: Fix[] = [];
  const spec = `containers: [{name: a, image: b, ${members}}]`;
  saidOf((object, judgement) => {
    checkPodSpec(object, ROOT.in('spec'), judgement, POD);
    for (const { fix } of judgement.verdict.problems) if (fix !== undefined) fixes.push(fix);
  }, spec);
  return fixes;
}

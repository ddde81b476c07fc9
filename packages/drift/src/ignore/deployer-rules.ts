import { type JsonObject, member } from '@plumbline/core';
import type { Pair } from '../pair.ts';
import { argoDifferences } from './argo-differences.ts';
import { argoSettings } from './argo-settings.ts';
import { type CompilePattern, fluxRules } from './flux-rules.ts';
import type { IgnoreRule } from './ignore-rule.ts';
import { isTrackedByArgo, ownedByApplication, ownedByFlux } from './owned-by.ts';

/** Whether an object of a rule's origin applies a pair. */
export function ownedBy(applier: JsonObject): (pair: Pair) => boolean {
  return isFlux(applier) ? ownedByFlux(applier) : ownedByApplication(applier);
}

/**
 * What Argo CD and Flux are told to ignore, each for the objects that it applies: by Applications, ApplicationSets, HelmReleases,
 * Kustomizations of Flux and the settings of Argo CD among the objects. Others are passed over.
 */
export function deployerRules(
  objects: readonly JsonObject[],
  compile?: CompilePattern,
  say?: (rule: IgnoreRule, problem: string) => void,
): readonly IgnoreRule[] {
  const applications = objects.filter(isApplication);
  const owners = applications.map(ownedByApplication);
  const isArgos = (pair: Pair): boolean => isTrackedByArgo(pair) || owners.some((owns) => owns(pair));
  return [
    ...applications.flatMap((application, index) => owned(argoDifferences(application), owners[index] ?? (() => false))),
    ...objects.filter(isSettings).flatMap((settings) => owned(argoSettings(settings), isArgos)),
    ...objects.filter(isFlux).flatMap((applier) => owned(fluxRules(applier, compile, say), ownedByFlux(applier))),
  ];
}

function owned(rules: readonly IgnoreRule[], owns: (pair: Pair) => boolean): readonly IgnoreRule[] {
  return rules.map((rule) => ({
    ...rule,
    applies: (subject) => subject.pair !== undefined && owns(subject.pair) && rule.applies?.(subject) !== false,
  }));
}

function isApplication({ apiVersion, kind }: JsonObject): boolean {
  return isOfGroup(apiVersion, 'argoproj.io') && (kind === 'Application' || kind === 'ApplicationSet');
}

function isSettings({ kind, metadata }: JsonObject): boolean {
  return kind === 'ConfigMap' && member(metadata, 'name') === 'argocd-cm';
}

function isFlux({ apiVersion, kind }: JsonObject): boolean {
  if (kind === 'Kustomization') return isOfGroup(apiVersion, 'kustomize.toolkit.fluxcd.io');
  return kind === 'HelmRelease' && isOfGroup(apiVersion, 'helm.toolkit.fluxcd.io');
}

function isOfGroup(apiVersion: JsonObject[string] | undefined, group: string): boolean {
  return typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`);
}

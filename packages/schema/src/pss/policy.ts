import type { JsonObject } from '@plumbline/core';
import { textIn } from '../native/values.ts';

// The labels of a Namespace as k8s.io/pod-security-admission/api reads them, on a server without a configuration of its own.

export type Level = 'privileged' | 'baseline' | 'restricted';
export type Mode = 'enforce' | 'audit' | 'warn';

/** A level of a version of the standards; `minor` undefined: the latest. */
export interface LevelVersion {
  readonly level: Level;
  readonly minor: number | undefined;
  /** The label that asks for it. */
  readonly label: string;
}

export interface LabelFault {
  readonly label: string;
  readonly value: string;
  readonly message: string;
}

export interface NamespacePolicy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
  readonly faults: readonly LabelFault[];
}

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'] satisfies Level[];
const STRICTNESS: Readonly<Record<Level, number>> = { privileged: 0, baseline: 1, restricted: 2 };
const VERSION = /^v1\.(0|[1-9]\d*)$/;
// Beyond what fits into an integer the server cannot read the number.
const MOST = 2n ** 63n - 1n;

/** PolicyToEvaluate. */
export function policyOf(labels: JsonObject | undefined): NamespacePolicy {
  const faults: LabelFault[] = [];
  const enforce = readMode(labels, 'enforce', 'restricted', faults);
  const audit = readMode(labels, 'audit', 'privileged', faults);
  const warn = readMode(labels, 'warn', 'privileged', faults);
  const isFollowing = !isThere(labels, `${PREFIX}warn`) && STRICTNESS[enforce.level] > STRICTNESS[warn.level];
  if (!isFollowing || faults.some(({ label }) => label === enforce.label)) return { enforce, audit, warn, faults };
  const minor = isThere(labels, `${PREFIX}warn-version`) ? warn.minor : enforce.minor;
  return { enforce, audit, warn: { level: enforce.level, minor, label: enforce.label }, faults };
}

/** `restricted:v1.30` */
export function nameOf({ level, minor }: LevelVersion): string {
  return `${level}:${minor === undefined ? 'latest' : `v1.${minor}`}`;
}

function readMode(labels: JsonObject | undefined, mode: Mode, levelIfWrong: Level, faults: LabelFault[]): LevelVersion {
  const label = PREFIX + mode;
  let level: Level = 'privileged';
  if (isThere(labels, label)) {
    const value = textIn(labels, label);
    level = isLevel(value) ? value : levelIfWrong;
    if (!isLevel(value)) faults.push({ label, value, message: `must be one of ${LEVELS.join(', ')}` });
  }
  const versionLabel = `${label}-version`;
  if (!isThere(labels, versionLabel)) return { level, minor: undefined, label };
  const version = textIn(labels, versionLabel);
  const number = VERSION.exec(version)?.[1];
  const isRead = number !== undefined && BigInt(number) <= MOST;
  if (version !== 'latest' && !isRead) faults.push({ label: versionLabel, value: version, message: 'must be "latest" or "v1.x"' });
  return { level, minor: isRead ? Number(number) : undefined, label };
}

function isLevel(value: string): value is Level {
  return LEVELS.includes(value);
}

/** In a map of texts null is an empty one. */
function isThere(labels: JsonObject | undefined, label: string): boolean {
  return labels !== undefined && Object.hasOwn(labels, label);
}

import { containersOf } from '../check/pods.ts';
import type { Resource } from '../read/resource.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, isObject, type JsonValue, member, valueAt } from '../values/json.ts';
import { withoutStage } from './stage.ts';

/** A version that an object runs: of an image, or of a chart. */
export interface RunVersion {
  /** What it is a version of, the same in each environment: the container and the last step of the image, or the chart. */
  readonly of: string;
  readonly kind: 'image' | 'chart';
  /** Tag, else digest; `''` for an image with neither. */
  readonly version: string;
  readonly digest: string | undefined;
  /** Where it is set. */
  readonly path: FieldPath;
}

const NONE: readonly RunVersion[] = [];

/** The versions of an object, in order of its containers. */
export function versionsOfResource(resource: Resource): readonly RunVersion[] {
  const { group, kind } = resource.gvk;
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') return chartOfRelease(resource);
  if (group === 'argoproj.io' && kind === 'Application') return chartsOfApplication(resource);
  const containers = containersOf(resource);
  if (containers.length === 0) return NONE;
  return containers.flatMap(({ container, path }) => {
    const image = member(container, 'image');
    const name = member(container, 'name');
    if (typeof image !== 'string' || image === '' || image.includes('$')) return [];
    const { repository, tag, digest } = imageParts(image);
    return [
      {
        // Charts name containers after the release, which may be named after its environment.
        of: `${typeof name === 'string' ? withoutStage(name, resource.unit.environment ?? '') : ''}:${repository.slice(repository.lastIndexOf('/') + 1)}`,
        kind: 'image' as const,
        version: tag ?? digest ?? '',
        digest,
        path: [...path, 'image'],
      },
    ];
  });
}

/** An image reference in its parts; a colon before the last slash is the port of the registry. */
export function imageParts(image: string): {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
} {
  const at = image.indexOf('@');
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return {
    repository: colon < 0 ? name : name.slice(0, colon),
    tag: colon < 0 ? undefined : name.slice(colon + 1),
    digest: at < 0 ? undefined : image.slice(at + 1),
  };
}

function chartOfRelease({ object }: Resource): readonly RunVersion[] {
  const path: FieldPath = ['spec', 'chart', 'spec', 'version'];
  return chart(valueAt(object, ['spec', 'chart', 'spec', 'chart']), valueAt(object, path), path);
}

function chartsOfApplication({ object }: Resource): readonly RunVersion[] {
  const single = valueAt(object, ['spec', 'source']);
  const several = valueAt(object, ['spec', 'sources']);
  return [
    ...(isObject(single) ? chart(single.chart, single.targetRevision, ['spec', 'source', 'targetRevision']) : []),
    ...(isArray(several)
      ? several.flatMap((source, index) =>
          isObject(source) ? chart(source.chart, source.targetRevision, ['spec', 'sources', index, 'targetRevision']) : [],
        )
      : []),
  ];
}

function chart(name: JsonValue | undefined, version: JsonValue | undefined, path: FieldPath): readonly RunVersion[] {
  if (typeof name !== 'string' || typeof version !== 'string') return NONE;
  return [{ of: name, kind: 'chart', version, digest: undefined, path }];
}

const NUMBERED = /^v?(\d+(?:\.\d+)+)((?:[-+][0-9A-Za-z.+_-]+)?)$/;

/**
 * Which of two versions is newer: negative where the first is older, 0 where they are the same, undefined where the texts do not
 * tell (branches, digests, ranges, numbers of different schemes).
 */
export function compareVersions(a: string, b: string): number | undefined {
  if (a === b) return 0;
  const left = NUMBERED.exec(a);
  const right = NUMBERED.exec(b);
  if (left === null || right === null) return undefined;
  const leftNumbers = (left[1] ?? '').split('.');
  const rightNumbers = (right[1] ?? '').split('.');
  // 2024.1 and 1.24 are no versions of one scheme.
  if (Math.abs((leftNumbers[0] ?? '').length - (rightNumbers[0] ?? '').length) > 1) return undefined;
  for (let index = 0; index < Math.max(leftNumbers.length, rightNumbers.length); index++) {
    const difference = Number(leftNumbers[index] ?? 0) - Number(rightNumbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  // A suffix may be a variant (-alpine) as well as a step before the release.
  return left[2] === right[2] ? 0 : undefined;
}

import type { ApplyingObject } from '@plumbline/core';
import { Settings } from '../kustomize/settings.ts';

/** The fields of an object that applies a build, each where it is written. */
export function settingsOfApplying(applying: ApplyingObject): Settings {
  const home = applying.locate(['kind']).file;
  const place = {
    file: home,
    fileOf: (path: Parameters<ApplyingObject['locate']>[0]) => applying.locate(path).file,
    rangeOf: (path: Parameters<ApplyingObject['locate']>[0], part: 'key' | 'value') => applying.locate(path, part),
  };
  return new Settings(place, 'overlay', applying.object);
}

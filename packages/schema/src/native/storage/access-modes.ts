import type { JsonObject } from '@plumbline/core';
import { conflict, lacks } from '../forms.ts';
import { type Judgement, missing, unsupported } from '../judgement.ts';
import type { Place } from '../place.ts';
import { listIn } from '../values.ts';

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] as const;
export const VOLUME_MODES = ['Block', 'Filesystem'] as const;

/** The accessModes of a claim or a volume. */
export function checkAccessModes(spec: JsonObject, at: Place, judgement: Judgement): void {
  if (lacks(spec, 'accessModes')) missing(judgement, at.in('accessModes'), 'accessModes is missing, at least one of them is needed');
  const modes = listIn(spec, 'accessModes');
  let alone = -1;
  let others = 0;
  for (let index = 0; index < modes.length; index++) {
    const mode = modes[index] ?? '';
    if (typeof mode !== 'string') continue;
    if (!MODES.some((one) => one === mode)) unsupported(judgement, at.in('accessModes').in(index), mode, MODES, 'the access mode');
    else if (mode === 'ReadWriteOncePod') alone = index;
    else others++;
  }
  if (alone >= 0 && others > 0)
    conflict(judgement, at.in('accessModes').in(alone), 'ReadWriteOncePod may not stand beside other access modes', modes[alone]);
}

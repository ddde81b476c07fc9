import { checkRange } from '../forms.ts';
import type { NativeCheck } from '../native.ts';
import { ROOT } from '../place.ts';
import { objectIn } from '../values.ts';

/** For kinds whose generation the server does not count itself, so that it looks at the one that is written. */
export function withGeneration(check: NativeCheck): NativeCheck {
  return (object, judgement) => {
    const metadata = objectIn(object, 'metadata');
    if (metadata !== undefined) checkRange(metadata, 'generation', 0, Number.POSITIVE_INFINITY, ROOT.in('metadata'), judgement);
    check(object, judgement);
  };
}

import type { Pack } from '@plumbline/core';
import { rules } from './rules.ts';

export { otherRelease, type Release } from './release.ts';
export { type OtherOwner, otherOwner } from './two-owners.ts';

export const pack: Pack = { name: 'flux', rules };

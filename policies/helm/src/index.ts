import type { Pack } from '@plumbline/core';
import { rules } from './rules.ts';

export const pack: Pack = { name: 'helm', rules };

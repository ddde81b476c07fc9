import type { Pack } from '@plumbline/core';
import { rules } from './rules.ts';

export { sameApplication } from './same-application.ts';

export const pack: Pack = { name: 'argo', rules };

export type { RenderOptions } from './options.ts';
export { fails } from './order.ts';
export { printable } from './printable.ts';
export { FORMAT_NAMES, type FormatName, isFormatName, render } from './render.ts';
export { wrap } from './wrap.ts';

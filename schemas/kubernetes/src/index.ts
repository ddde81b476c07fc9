export { openData } from './data.ts';

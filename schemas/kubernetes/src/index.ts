export { dataDirectory, openData } from './data.ts';

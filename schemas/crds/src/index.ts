export { crdDataDirectory, openCrdData } from './data.ts';

export { besides, type Chart, chartFolderOf, type Dependency, isVendored, mergeValues, readChart } from './chart.ts';
export { type ChartValues, coalesceValues, joinValues } from './coalesce.ts';
export { type KnownReads, knownReads } from './read-values.ts';
export { readTemplate, type TemplateNode } from './template.ts';
export {
  type Call,
  isPartial,
  type Printed,
  readsOfTemplates,
  readsOfText,
  type TemplateFile,
  type TemplateReads,
  type ValueRead,
} from './template-reads.ts';
export { type TemplateToken, templateTokens } from './template-tokens.ts';

import type { Flag } from './verb.ts';

export const HELP: Flag = { name: 'help', short: 'h', help: 'show this help' };
export const COLOR: Flag = {
  name: 'color',
  value: 'auto|always|never',
  choices: ['auto', 'always', 'never'],
  help: 'colour text; auto (the default) on a terminal only; NO_COLOR and FORCE_COLOR are obeyed',
};
export const CONFIG: readonly Flag[] = [
  { name: 'config', short: 'c', value: 'FILE', help: 'configuration to use; plumbline.yaml at the repository root by default' },
  { name: 'no-config', help: 'use no configuration file' },
];
export const NO_HELM: Flag = { name: 'no-helm', help: 'do not render Helm charts, also where helm is installed' };

export const VERSIONS: Flag = {
  name: 'kubernetes-version',
  short: 'k',
  value: 'VERSION',
  repeatable: true,
  help: 'the minor of the cluster (1.34); the newest known by default',
};

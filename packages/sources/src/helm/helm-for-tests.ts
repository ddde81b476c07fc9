import { findHelm } from './find-helm.ts';

/** The Helm that tests use: $PLUMBLINE_HELM or the PATH; without one they are skipped, and say so once. */
export const HELM = findHelm(process.env);

if (HELM === undefined)
  console.info('tests of charts are skipped: install Helm (go install helm.sh/helm/v3/cmd/helm@v3.19.0), or name it in $PLUMBLINE_HELM');

import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

// These look at several files of a chart.
testPack(pack, import.meta.url, {
  withoutExamples: [
    'helm/crds-placement',
    'helm/dependency-lock',
    'helm/lookup-capabilities',
    'helm/namespace-hardcoded',
    'helm/release-name-length',
    'helm/value-undefined',
    'helm/value-unused',
    'helm/values-schema',
  ],
});

import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

// These look at several files of a chart.
testPack(pack, import.meta.url, { withoutExamples: ['helm/dependency-lock'] });

import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

// A manifest alone is in no environment.
testPack(pack, import.meta.url, { withoutExamples: pack.rules.map(({ id }) => id) });

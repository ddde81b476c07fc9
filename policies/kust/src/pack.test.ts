import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

// What a rule says of a build needs more than one file to show.
testPack(pack, import.meta.url, { withoutExamples: pack.rules.map(({ id }) => id) });

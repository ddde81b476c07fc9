import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

// What lies beside a folder, and what nothing reaches, needs more than one file to show.
testPack(pack, import.meta.url, { withoutExamples: ['flux/unreachable'] });

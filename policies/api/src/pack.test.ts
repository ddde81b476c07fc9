import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

// The cost of a CEL expression is not computed yet: the rule says so and finds nothing.
testPack(pack, import.meta.url, { withoutExamples: ['api/cel-cost'] });

import { testPack } from '@plumbline/testing';
import { pack } from './index.ts';

testPack(pack, import.meta.url);

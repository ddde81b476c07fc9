import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { member } from './json.ts';
import type { ResourceRule } from './rule.ts';

const KINDS = ['*', 'apps/*', 'apps/Deployment', 'Service', 'ConfigMap', '*'] as const;

/** Sixty rules in the proportions of the packs; one in sixty has something to say of one resource in a hundred. */
const rules = Array.from({ length: 60 }, (_, number): ResourceRule => {
  return {
    id: `speed/rule-${number}`,
    title: '',
    why: '',
    remedy: '',
    severity: 'info',
    class: 'quality',
    set: 'core',
    scope: number % 5 === 0 ? 'unit' : 'document',
    kinds: [KINDS[number % KINDS.length] ?? '*'],
    *check(resource, { inventory }) {
      const name = member(member(resource.object, 'metadata'), 'name');
      if (number === 0 && inventory.byKey('Service', resource.namespace, resource.name) === undefined)
        yield { path: ['kind'], message: 'no service' };
      if (number === 7 && typeof name === 'string' && name.endsWith('00')) yield { path: ['metadata', 'name'], message: `name "${name}"` };
    },
  };
});

function text(index: number): string {
  const name = `app-${index >> 1}`;
  if (index % 2 === 0)
    return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: { app: ${name} }\n  ports:\n  - port: 80\n`;
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - name: a\n        image: b\n`;
}

test('ten thousand documents and sixty rules, timed', async () => {
  const files = Array.from({ length: 10_000 }, (_, index) => ({
    path: `apps/${(index >> 1) % 50}/${index}.yaml`,
    bytes: new TextEncoder().encode(text(index)),
  }));
  const engine = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'speed', rules }],
  });
  const times = new Map<string, number>();
  const timing = {
    now: () => performance.now(),
    addStage: (stage: string, elapsed: number) => void times.set(stage, (times.get(stage) ?? 0) + elapsed),
    addRule() {},
  };
  const print = (what: string): void => {
    console.log(`${what}: ${[...times].map(([stage, elapsed]) => `${stage} ${elapsed.toFixed(0)} ms`).join(', ')}`);
    times.clear();
  };
  await engine.check(files);
  print('first');
  const report = await engine.check(files, { timing });
  print('again, nothing changed');
  const fresh = createEngine({
    schemas: { rules: [], versions: ['1.37'], catalogue: () => ({ scopeOf: () => undefined, isBuiltinGroup: () => true }) },
    packs: [{ name: 'speed', rules }],
  });
  await fresh.check(files, { timing: { ...timing, addRule() {} } });
  print('another engine');
  expect(report.summary.resources).toBe(10_000);
});

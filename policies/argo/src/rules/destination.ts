import { isPlain, type JsonValue, member, type Problem, type ResourceRule } from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';
import { APPLICATION, APPLICATION_SET } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'argo/destination',
  title: 'An Application names its cluster in one way',
  why: 'Argo CD takes the address or the name of a cluster: with both, or neither, the Application is in error and nothing is applied.',
  remedy:
    'Keep destination.server or destination.name. The cluster that Argo CD runs in is "https://kubernetes.default.svc", or "in-cluster".',
  severity: 'error',
  class: 'quality',
  set: 'core',
  link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications',
  examples: {
    pass: application(['path: apps']),
    fail: application(['path: apps'])
      .replace('  namespace: shop\n', '  namespace: shop\n')
      .replace('    server: ', '    name: in-cluster\n    server: '),
  },
  kinds: [APPLICATION, APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const found = applicationSpec(resource);
    if (found === undefined) return;
    const { path, spec, mayGain } = found;
    const destination = member(spec, 'destination');
    const server = textOf(member(destination, 'server'));
    const name = textOf(member(destination, 'name'));
    if (server === '' && name === '') {
      const at = destination === undefined || destination === null ? path : [...path, 'destination'];
      if (!mayGain) yield { path: at, part: 'key', message: 'the destination has neither "server" nor "name"' };
      return;
    }
    // One of them may be filled in with nothing.
    if (server === '' || name === '' || !isPlain(server) || !isPlain(name)) return;
    yield { path: [...path, 'destination', 'name'], part: 'key', message: 'the destination has both "server" and "name"' };
  },
};

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

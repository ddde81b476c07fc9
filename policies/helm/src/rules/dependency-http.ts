import { isArray, member, type ResourceRule } from '@plumbline/core';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'helm/dependency-http',
  title: 'Charts are fetched over an encrypted connection',
  why: 'Whoever is on the way can put another chart in its place, which is then applied with the rights of the deployer.',
  remedy: 'Use the https:// or oci:// address of the repository.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  examples: {
    path: 'charts/web/Chart.yaml',
    pass: 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 18.0.0\n    repository: https://charts.example.com\n',
    fail: 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 18.0.0\n    repository: http://charts.example.com\n',
  },
  kinds: ['helm/Chart', 'helm/Dependencies'],
  check({ object, name }) {
    const dependencies = member(object, 'dependencies');
    // A lock file repeats what Chart.yaml says.
    if (!isArray(dependencies) || name.endsWith('.lock')) return NOTHING;
    return dependencies.flatMap((dependency, index) => {
      const repository = member(dependency, 'repository');
      if (typeof repository !== 'string' || !/^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(repository)) return [];
      return [{ path: ['dependencies', index, 'repository'], message: `the repository "${withoutPassword(repository)}" is not encrypted` }];
    });
  },
};

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}

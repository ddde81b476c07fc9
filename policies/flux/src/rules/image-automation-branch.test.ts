import { testRule } from '@plumbline/testing';
import { rule } from './image-automation-branch.ts';

const of = (push: string, more = ''): string => `
  apiVersion: image.toolkit.fluxcd.io/v1
  kind: ImageUpdateAutomation
  metadata: {name: shop, namespace: flux-system}
  spec: {sourceRef: {kind: GitRepository, name: shop}, git: {push: ${push}}${more}}
`;
const files = {
  'source.yaml':
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: shop, namespace: flux-system}\nspec: {ref: {branch: live}}\n',
};

testRule(rule, {
  valid: { 'a branch of its own': { yaml: of('{branch: updates}', ', update: {path: ./apps}'), files } },
  invalid: {
    'the branch of the source, everywhere': {
      yaml: `${of('{branch: live}').trimEnd()} # <-\n`,
      files,
      problems: [
        { message: 'no update.path: every file of the repository is edited' },
        { message: 'updates are pushed to "live", from which they are made' },
      ],
    },
  },
});

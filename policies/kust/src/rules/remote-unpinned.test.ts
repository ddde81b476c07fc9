import { testRule } from '@plumbline/testing';
import { rule } from './remote-unpinned.ts';

const path = 'kustomization.yaml';

testRule(rule, {
  valid: {
    'tags, commits, releases, and what says nothing of its revision': {
      path,
      yaml: `
        resources:
          - ../base
          - github.com/acme/app//deploy?ref=v1.2.3
          - https://github.com/acme/app//deploy?timeout=90s&ref=8f1d0c2b7a6e5d4c3b2a19080706050403020100
          - git@github.com:acme/app.git//deploy?ref=release-1.2
          - https://github.com/acme/app/releases/download/v1.0.0/install.yaml
          - https://raw.githubusercontent.com/acme/app/v1.0.0/install.yaml
          - https://example.com/install.yaml
          - https://gitlab.com/acme/app/-/raw/v1.0.0/install.yaml
      `,
    },
    'a local folder whose name looks like a host': { path, yaml: 'resources:\n  - github/app\n' },
  },
  invalid: {
    'no revision, a branch, the latest release': {
      path,
      yaml: `
        resources:
          - github.com/acme/app//deploy # <-
          - https://github.com/acme/app//deploy?ref=main # <-
          - git@github.com:acme/app.git # <-
          - ssh://git@git.acme.com/acme/app.git//deploy # <-
          - https://git.acme.com/acme/app.git # <-
          - https://raw.githubusercontent.com/acme/app/master/install.yaml # <-
          - https://gitlab.com/acme/group/app/-/raw/main/install.yaml # <-
          - https://github.com/acme/app/releases/latest/download/install.yaml # <-
        components:
          - github.com/acme/app//component?ref=HEAD # <-
      `,
      problems: [
        { message: 'the remote entry "github.com/acme/app//deploy" is not pinned: no "?ref=" says which revision', path: '/resources/0' },
        { message: /: "main" is a branch$/ },
        {},
        {},
        {},
        { message: /: "master" is a branch$/ },
        {},
        { message: /: it is whatever release is the latest$/ },
        { path: '/components/0' },
      ],
    },
    'the token of a URL is not repeated': {
      path,
      yaml: `
        resources:
          - https://user:SUPERSECRET@github.com/acme/app.git # <-
      `,
      problems: [{ message: 'the remote entry "https://github.com/acme/app.git" is not pinned: no "?ref=" says which revision' }],
    },
  },
});

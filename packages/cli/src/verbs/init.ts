import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError } from '@plumbline/core';
import { findRepositoryRoot } from '@plumbline/sources';
import type { Terminal } from '../terminal.ts';
import { type Arguments, has } from '../verb.ts';
import { VERSION } from '../version.ts';

/** Writes a plumbline.yaml that changes nothing until a line of it is uncommented. */
export async function runInit(given: Arguments, terminal: Terminal): Promise<number> {
  if (given.operands.length > 0)
    throw new ConfigError('usage', 'init takes no operand; it writes plumbline.yaml at the root of the repository');
  const file = join(findRepositoryRoot(process.cwd()) ?? process.cwd(), 'plumbline.yaml');
  const shown = relative(process.cwd(), file);
  try {
    // A link in its place is not followed.
    writeFileSync(file, CONFIGURATION, { flag: has(given, 'force') ? 'w' : 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error); // fs throws system errors
    if (code === 'EEXIST') throw new ConfigError('usage', `${shown} exists; --force overwrites it`);
    throw new ConfigError('usage', `cannot write ${shown}: ${code}`, { cause: error });
  }
  terminal.out(`Wrote ${shown}: every key is a comment at its default.\n\n${SNIPPETS}`);
  return 0;
}

const CONFIGURATION = `# Configuration of plumbline. Every key is optional; what stands here as a comment is the default or an example.
# plumbline rules lists the rules, plumbline explain RULE says more of one.

# The Kubernetes minors that the clusters run; the newest known by default.
# kubernetesVersions: ["1.34", "1.35"]

# Which rules are on: core, recommended, strict or off.
# preset: recommended

# One rule: off, error, warning or info.
# rules:
#   meta/default-namespace: off

# The same for some paths only.
# overrides:
#   - paths: [sandbox/**]
#     rules:
#       meta/default-namespace: off

# Files that are never judged.
# exclude: [docs/**]

# What exists outside Git.
# external:
#   - kind: Secret
#     namespace: shop
#     name: db-*

# Findings that are accepted, each with its reason.
# waivers:
#   - rule: api/deprecated
#     paths: [legacy/**]
#     reason: moves with the next upgrade
#     owner: team-shop
#     expires: 2027-01-31

# Rules without code: what must hold, as an expression of CEL over the object.
# celRules:
#   - id: own-registry
#     kinds: [apps/Deployment]
#     expression: object.spec.template.spec.containers.all(c, c.image.startsWith('registry.example.com/'))
#     message: the image comes from another registry

# Environments in order of promotion.
# environments:
#   - name: DEV
#     paths: [clusters/dev/**]
#   - name: LIVE
#     paths: [clusters/live/**]
#     kubernetesVersions: ["1.34"]
`;

const SNIPPETS = `Before each commit, in .pre-commit-config.yaml:

  repos:
    - repo: URL of the plumbline repository
      rev: v${VERSION}
      hooks:
        - id: plumbline

In CI:

  npx --yes @plumbline/cli@${VERSION} check

Next: plumbline check
`;

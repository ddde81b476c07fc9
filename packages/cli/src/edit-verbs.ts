import { COLOR, CONFIG, HELP, VERSIONS } from './common-flags.ts';
import type { Flag, Verb } from './verb.ts';

const WRITE: Flag = { name: 'write', help: 'edit the files of the working tree in place of printing a patch' };
const MANAGER: Flag = {
  name: 'manager',
  value: 'NAME',
  repeatable: true,
  help: 'a field manager by which the source is applied, beside the well-known ones; the first one is who applies with --type apply',
};
const PRUNE_SCOPE: Flag = {
  name: 'prune-scope',
  value: 'NAMESPACE',
  repeatable: true,
  help: 'count objects of this namespace that the source does not have; * for every one',
};

export const PATCH: Verb = {
  name: 'patch',
  summary: 'print the patch that makes what is what is desired',
  operands: '[DESIRED…]',
  description: [
    'Compares as plumbline drift does and prints a patch for each object that differs, in the order in which they are to be applied: what Git owns is set, what others own stays. Nothing is ever written to a cluster; values of Secrets are in no patch.',
    'With --reverse it goes the other way: the edit of the files that makes Git say what is live, as a patch for git apply. The value is changed where it was written, in a base or overlay where the object was built; comments and order stay. What cannot be edited with certainty is named, with the likely place.',
  ],
  flags: [
    { name: 'actual', value: 'SOURCE', help: 'what is there now, as in plumbline drift' },
    {
      name: 'type',
      value: 'json|merge|strategic|apply|unified',
      choices: ['json', 'merge', 'strategic', 'apply', 'unified'],
      help: 'RFC 6902 with tests, RFC 7386, strategic merge, an apply configuration with the conflicts to expect, or a diff of YAML; json by default',
    },
    { name: 'inverse', help: 'print the JSON patches that undo the patches' },
    { name: 'reverse', help: 'print the edit of the source that makes it say what is live' },
    { ...WRITE, help: 'with --reverse: edit the files in place of printing a patch' },
    { name: 'output', short: 'o', value: 'yaml|json', choices: ['yaml', 'json'], help: 'yaml by default, a document for each object' },
    MANAGER,
    PRUNE_SCOPE,
    VERSIONS,
    ...CONFIG,
    HELP,
  ],
  examples: [
    { line: 'plumbline patch clusters/live --actual cluster:live --type unified', what: 'what would apply change?' },
    { line: 'plumbline patch live --actual cluster:live --type apply', what: 'for kubectl apply --server-side -f -' },
    { line: 'plumbline patch live --actual cluster:live --reverse | git apply', what: 'keep what was changed by hand' },
  ],
  notes:
    'Exit codes\n' +
    '  0  every change is in a patch, or nothing differs\n' +
    '  1  some change is in no patch: it is said why\n' +
    '  2  usage or configuration error, a SOURCE that does not exist',
};

export const PROMOTE: Verb = {
  name: 'promote',
  summary: 'carry what changed in one environment to another',
  operands: '',
  description: [
    'Compares three ways: what an environment is, what it was when the other one was last changed, and what the other one is. What changed in between is carried where the other one still was as it was; what differed before is its own and stays. A newer version of the same image is always carried. Prints a patch for git apply; nothing is written to a cluster.',
    'ENV is an environment as plumbline environments lists it, or a folder. Objects are neither created nor deleted: those that only one side has are named.',
  ],
  flags: [
    { name: 'from', value: 'ENV', help: 'the environment that has what is to be carried' },
    { name: 'to', value: 'ENV', help: 'the environment that is to get it' },
    { name: 'since', value: 'REV', help: 'the revision at which both were in line; the last one that changed the target by default' },
    WRITE,
    VERSIONS,
    ...CONFIG,
    HELP,
  ],
  examples: [
    { line: 'plumbline promote --from qa --to live', what: 'environments of plumbline.yaml' },
    { line: 'plumbline promote --from overlays/qa --to overlays/live --since v1.4', what: 'folders, from a release on' },
  ],
  notes:
    'Exit codes\n' +
    '  0  everything that is to be carried is in the patch\n' +
    '  1  something is not: it is said why\n' +
    '  2  usage or configuration error, no such environment or revision',
};

export const ROLLBACK: Verb = {
  name: 'rollback',
  summary: 'print the patch that brings a revision back',
  operands: '[SOURCE…]',
  description: [
    'Undoes in the files of SOURCE, the repository by default, what REV and the working tree differ in, and prints that as a patch for git apply. Says what an apply of it would do: objects that come and go, data that goes with them, fields that cannot be changed without replacing the object.',
    'With --actual that is said of what is live, and what was changed there past Git is named.',
  ],
  flags: [
    { name: 'to', value: 'REV', help: 'the revision to go back to: a branch, a tag, a commit' },
    { name: 'actual', value: 'SOURCE', help: 'what is live, as in plumbline drift' },
    {
      name: 'only',
      value: 'KIND/NAME',
      repeatable: true,
      help: 'only this object (KIND/NAMESPACE/NAME where names are not enough): what else its files hold stays',
    },
    { name: 'field', value: 'PATH', repeatable: true, help: 'with --only: only this field of it and what is below, spec.replicas' },
    WRITE,
    PRUNE_SCOPE,
    VERSIONS,
    ...CONFIG,
    HELP,
  ],
  examples: [
    { line: 'plumbline rollback clusters/live --to HEAD~1', what: 'before the last commit' },
    { line: 'plumbline rollback live --to v1.4 --actual cluster:live --write', what: 'to a release, knowing what is live' },
    { line: 'plumbline rollback --to HEAD~3 --only Deployment/web --field spec.replicas', what: 'one field' },
  ],
  notes:
    'Exit codes\n' +
    '  0  the patch can be applied as it is\n' +
    '  1  an object would have to be replaced, data would be lost, or a file is not\n     in the patch\n' +
    '  2  usage or configuration error, no such revision',
};

export const FIX: Verb = {
  name: 'fix',
  summary: 'mend what check finds, where the edit is certain',
  operands: '[SOURCE…]',
  description: [
    'Judges the sources as plumbline check does, makes the safe fixes of its findings, judges again until none is left, and prints what remains. Comments, order and layout of the files stay.',
  ],
  flags: [
    { name: 'suggested', help: 'make also the fixes that are likely and not certain' },
    { name: 'dry-run', help: 'write nothing: print the patch, for git apply' },
    { name: 'rule', value: 'PATTERN', repeatable: true, help: 'only fixes of these rules (api/*); all by default' },
    VERSIONS,
    {
      name: 'preset',
      value: 'core|recommended|strict|off',
      choices: ['core', 'recommended', 'strict', 'off'],
      help: 'which rules are on; recommended by default',
    },
    {
      name: 'fail-on',
      value: 'error|warning|info',
      choices: ['error', 'warning', 'info'],
      help: 'exit 1 from this severity on; error by default',
    },
    ...CONFIG,
    COLOR,
    HELP,
  ],
  examples: [
    { line: 'plumbline fix', what: 'the repository' },
    { line: 'plumbline fix apps --suggested --dry-run', what: 'what would be changed?' },
  ],
  notes:
    'Exit codes\n' +
    '  0  clean once the fixes are made\n' +
    '  1  a finding at or above --fail-on is left\n' +
    '  2  usage or configuration error, a SOURCE that does not exist, a rule that\n' +
    '     failed',
};

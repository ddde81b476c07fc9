import { testRule } from '@plumbline/testing';
import { rule } from './parse.ts';

testRule(rule, {
  valid: {
    'a manifest': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
    `,
    'an empty file': { yaml: '' },
    'an editor file, which is JSON with comments': {
      path: '.vscode/settings.json',
      yaml: '{\n  // the font\n  "editor.font": "Fira // Code", /* wide */\n  "rulers": [100,],\n}\n',
    },
    'a file that git-crypt keeps': { yaml: new TextEncoder().encode('\0GITCRYPT\0\u0001\u0002\u0003') },
    'a merge conflict, which has a rule of its own': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
      <<<<<<< HEAD
        name: shop
      =======
        name: store
      >>>>>>> main
    `,
  },
  invalid: {
    'a byte that is not UTF-8': {
      yaml: Uint8Array.from([...new TextEncoder().encode('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: caf'), 0xe9, 0x0a]),
      problems: [{ line: 4, class: 'broken', severity: 'error' }],
    },
    'a bracket that nobody closes': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop\ndata: {}\n',
      problems: [{ line: 4, class: 'broken', severity: 'error' }],
    },
    'a JSON manifest with comments, which no server reads': {
      path: 'pod.json',
      yaml: '{\n  // the pod\n  "apiVersion": "v1",\n  "kind": "Pod"\n}\n',
      problems: [{ line: 3 }],
    },
    'the second document only': {
      yaml: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: "ConfigMap
      `,
      problems: [{ class: 'broken', line: 7 }],
    },
  },
});

import { testRule } from '@plumbline/testing';
import { rule } from './bom-crlf-nonutf8.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';

testRule(rule, {
  valid: {
    'plain text': head,
    'letters of other scripts and emoji': `${head}data:\n  grüße: "سلام 👩‍💻 東京"\n`,
    'a file from Windows, all lines alike': head.replaceAll('\n', '\r\n'),
    'a no-break space in a sentence': `${head}data:\n  text: "10\u00a0000 €"\n`,
  },
  invalid: {
    'an invisible character in a name': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "sh\u200bop"\n',
      problems: [{ line: 4, column: 12, severity: 'warning', message: 'the line holds the invisible character U+200B' }],
    },
    'text that turns around, also in a comment': {
      yaml: `${head}# \u202egnihton\n`,
      problems: [{ line: 5, column: 3, message: 'the line holds the text direction character U+202E' }],
    },
    'a no-break space after a colon': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  text:\u00a0 x\n  other: y\n',
      problems: [{ line: 6, column: 8, message: 'the line holds a no-break space (U+00A0) in place of a space' }],
    },
    'a byte order mark': {
      yaml: Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(head)]),
      problems: [{ line: 1, severity: 'info', message: 'the file begins with a byte order mark' }],
    },
    'two kinds of line ends': {
      yaml: 'apiVersion: v1\nkind: ConfigMap\r\nmetadata:\n  name: shop\n',
      problems: [{ line: 2, severity: 'info', message: 'some lines end with CRLF, others with LF' }],
    },
  },
});

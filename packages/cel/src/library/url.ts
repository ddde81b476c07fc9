import { traversal } from '../cost/runtime-cost.ts';
import { noSuchOverload } from '../value/cel-error.ts';
import { ArrayList } from '../value/list.ts';
import { EntryMap } from '../value/map.ts';
import { problemOf, Url } from '../value/url.ts';
import type { Result } from '../value/value.ts';
import { type CallCost, declare, type Library } from './function.ts';

const nominal: CallCost = () => 1;

/** URLs and their parts. */
export function urls(): Library {
  const accessor = (name: string, id: string, result: string, use: (url: Url) => Result) =>
    declare(name, [[id, `kubernetes.URL.(): ${result}`, ([url = null]) => (url instanceof Url ? use(url) : noSuchOverload())]], nominal);
  return {
    functions: [
      declare(
        'url',
        [['string_to_url', '(string): kubernetes.URL', ([text = null]) => (typeof text === 'string' ? Url.parse(text) : noSuchOverload())]],
        ([text]) => traversal(text),
      ),
      declare('isURL', [
        [
          'is_url_string',
          '(string): bool',
          ([text = null]) => (typeof text === 'string' ? problemOf(text) === undefined : noSuchOverload()),
        ],
      ]),
      accessor('getScheme', 'url_get_scheme', 'string', (url) => url.scheme),
      accessor('getHost', 'url_get_host', 'string', (url) => url.host),
      accessor('getHostname', 'url_get_hostname', 'string', (url) => url.hostname),
      accessor('getPort', 'url_get_port', 'string', (url) => url.port),
      accessor('getEscapedPath', 'url_get_escaped_path', 'string', (url) => url.escapedPath),
      accessor('getQuery', 'url_get_query', 'map(string, list(string))', query),
    ],
  };
}

function query(url: Url): Result {
  return EntryMap.of(Array.from(url.parameters, ([name, values]) => [name, new ArrayList(values)] as const));
}

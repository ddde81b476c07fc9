import { bindTo } from '../macros/folds.ts';
import { type Macro, MacroProblem } from '../macros/macro.ts';
import { decodeBase64, encodeBase64 } from '../value/base64.ts';
import { Bytes } from '../value/bytes.ts';
import { CelError, noSuchOverload } from '../value/cel-error.ts';
import { declare, type Library } from './function.ts';

/** `cel.bind(x, value, body)`: names a value. */
const bind: Macro = ({ build, extent, target, args: [variable, value, body] }) => {
  if (target?.kind !== 'ident' || target.name !== 'cel' || variable === undefined || value === undefined || body === undefined)
    return undefined;
  if (variable.kind !== 'ident') return new MacroProblem(variable.at, 'cel.bind() variable names must be simple identifiers');
  return bindTo(build, extent, variable.name, value, body);
};

export function bindings(): Library {
  return { functions: [], macros: [{ name: 'bind', argCount: 3, isReceiver: true, macro: bind }] };
}

/** `base64.encode`, `base64.decode`; padding may be missing. */
export function encoders(): Library {
  return {
    functions: [
      declare('base64.encode', [
        [
          'base64_encode_bytes',
          '(bytes): string',
          ([value = null]) => (value instanceof Bytes ? encodeBase64(value.bytes) : noSuchOverload()),
        ],
      ]),
      declare('base64.decode', [
        [
          'base64_decode_string',
          '(string): bytes',
          ([text = null]) => {
            if (typeof text !== 'string') return noSuchOverload();
            const padded = text.includes('=') ? text : text.padEnd(Math.ceil(text.length / 4) * 4, '=');
            const bytes = decodeBase64(padded);
            return bytes === undefined ? new CelError('illegal base64 data') : new Bytes(bytes);
          },
        ],
      ]),
    ],
  };
}

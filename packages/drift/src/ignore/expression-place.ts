import type { Place, Step } from './place.ts';
import { scalarOf } from './pointer-place.ts';

/**
 * The places of a JSONPath (`$.spec.containers[?(@.name=="web")].image`) or of a jq path as Argo CD takes it
 * (`.webhooks[]?.clientConfig.caBundle`, `.spec.containers[] | select(.name == "web") | .image`); or what of it is not understood.
 */
export function expressionPlace(expression: string): Place | { readonly problem: string } {
  const reader = new Reader(expression.trim().replace(/^\{(.*)\}$/s, '$1'));
  reader.take(/^\$/);
  const steps: Step[] = [];
  while (!reader.isAtEnd()) {
    const found = readStep(reader);
    if (found === undefined) return { problem: `"${expression}": "${reader.rest()}" is not understood` };
    applyStep(steps, found);
  }
  return steps.length === 0 ? { problem: `"${expression}" names no place` } : steps;
}

/** A condition says more of the step before it, which took any item. */
function applyStep(steps: Step[], found: Found): void {
  if (found === 'nothing') return;
  if (found.kind === 'where' && found.isPiped && steps.at(-1)?.kind === 'any') steps.pop();
  steps.push(found);
}

type Found = 'nothing' | (Step & { readonly isPiped?: boolean });

const NAME = /^\.([A-Za-z_$][\w$-]*)/;
const QUOTED = /^\.?\[?(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\]?/;
const VALUE = String.raw`("(?:[^"\\]|\\.)*"|'[^']*'|-?\d+|true|false)`;
const FILTER = new RegExp(String.raw`^\.?\[\?\(\s*@((?:\.[\w-]+)+)\s*==\s*${VALUE}\s*\)\]`);
const SELECT = new RegExp(String.raw`^\|\s*select\(\s*((?:\.[\w-]+)+)\s*==\s*${VALUE}\s*\)`);

function readStep(reader: Reader): Found | undefined {
  reader.take(/^\s+/);
  if (reader.isAtEnd() || reader.take(/^\?/) !== undefined) return 'nothing';
  const select = reader.take(SELECT);
  if (select !== undefined) return { ...where(select[1], select[2]), isPiped: true };
  // A pipe that goes on with a path.
  if (reader.take(/^\|(?=\s*[.[])/) !== undefined) return 'nothing';
  if (reader.take(/^\.(?=\.[A-Za-z_["'*])/) !== undefined) return { kind: 'deep' };
  const filter = reader.take(FILTER);
  if (filter !== undefined) return where(filter[1], filter[2]);
  if (reader.take(/^\.?\[(?:\*)?\]|^\.\*/) !== undefined) return { kind: 'any' };
  const index = reader.take(/^\.?\[(\d+)\]/);
  if (index !== undefined) return { kind: 'index', index: Number(index[1]) };
  const quoted = reader.take(QUOTED);
  if (quoted !== undefined) return { kind: 'name', name: quoted[1]?.replaceAll(/\\(.)/g, '$1') ?? quoted[2] ?? '' };
  const name = reader.take(NAME);
  return name === undefined ? undefined : { kind: 'name', name: name[1] ?? '' };
}

function where(path = '', value = ''): Extract<Step, { kind: 'where' }> {
  return { kind: 'where', path: path.split('.').slice(1), value: scalarOf(value) };
}

class Reader {
  private readonly text: string;
  private at = 0;
  constructor(text: string) {
    this.text = text;
  }

  rest(): string {
    return this.text.slice(this.at);
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.rest());
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }
}

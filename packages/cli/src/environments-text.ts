import { printable, wrap } from '@plumbline/reporters';
import type { EnvironmentMatrix, MatrixCell, MatrixRow } from './environment-matrix.ts';

type Named = EnvironmentMatrix['environments'][number];

/**
 * The matrix as a table for people: `≠` where versions differ, `!` at one that is newer than the environment before has. A table that
 * is wider than `width` columns is cut into several with some of the environments each; 0 for no limit.
 */
export function environmentsText(matrix: EnvironmentMatrix, width = 0, isOnlyDifferences = false): string {
  const { environments, components } = matrix;
  if (environments.length === 0)
    return 'no environments: name them under `environments` in plumbline.yaml, or by folders (environments/live, overlays/staging, clusters/prod-eu)\n';
  const wrapped = (text: string): readonly string[] => wrap(text, width, '', '  ');
  const lines = orderOf(environments).flatMap(wrapped);
  if (components.length === 0)
    lines.push('', isOnlyDifferences ? 'no versions differ' : 'no image and no chart is in sight that goes to one of them');
  else {
    const used = environments.filter(({ name }) => components.some(({ cells }) => cells.some((cell) => cell.environment === name)));
    for (const table of tables(components, used, width)) lines.push('', ...table);
    const violations = components.flatMap((row) => row.cells.flatMap((cell) => (cell.newerThan === undefined ? [] : [said(row, cell)])));
    if (violations.length > 0) lines.push('', ...violations.flatMap(wrapped));
    lines.push('', summaryOf(components, used.length));
  }
  return `${lines.map(printable).join('\n')}\n`;
}

/** Environments side by side where they are of one step, and what has no place in the order. */
function orderOf(environments: readonly Named[]): string[] {
  const steps = new Map<number, Named[]>();
  const unplaced: string[] = [];
  for (const environment of environments) {
    if (environment.rank === undefined) unplaced.push(environment.name);
    else steps.set(environment.rank, [...(steps.get(environment.rank) ?? []), environment]);
  }
  const texts = [...steps.values()].map((step) => {
    const stage = step[0]?.stage;
    const isTold = stage === undefined || step.every(({ name }) => name.toLowerCase() === stage);
    return `${listed(step.map(({ name }) => name))}${isTold ? '' : ` (${stage})`}`;
  });
  if (texts.length > 1)
    return [
      `Order of promotion: ${texts.join(' → ')}`,
      ...(unplaced.length === 0 ? [] : [`Without a place in the order: ${listed(unplaced)}`]),
    ];
  return [
    `Environments: ${[...texts, ...(unplaced.length === 0 ? [] : [listed(unplaced)])].join(', ')}; nothing tells an order of promotion`,
  ];
}

const MANY = 8;

function listed(names: readonly string[]): string {
  return names.length <= MANY ? names.join(', ') : `${names.slice(0, MANY - 1).join(', ')} and ${names.length - MANY + 1} more`;
}

const GAP = '  ';

/** One table, or as many as it takes to keep each as narrow as it has to be. */
function tables(components: readonly MatrixRow[], environments: readonly Named[], width: number): readonly (readonly string[])[] {
  const names = labelsOf(components);
  const first = column('component', names);
  const columns = environments.map(({ name }) =>
    column(
      name,
      components.map(({ cells }) => textOf(cells.find(({ environment }) => environment === name))),
    ),
  );
  const found: string[][] = [];
  for (let from = 0; from < columns.length; ) {
    let room = width - widthOf(first) - 2 * GAP.length - 1;
    let to = from;
    while (to < columns.length && (to === from || width === 0 || widthOf(columns[to]) + GAP.length <= room)) {
      room -= widthOf(columns[to]) + GAP.length;
      to++;
    }
    found.push(table(components, [first, ...columns.slice(from, to)]));
    from = to;
  }
  return found;
}

/** A heading and the texts below it, each as wide as the widest. */
function column(heading: string, texts: readonly string[]): readonly string[] {
  const widest = Math.max(heading.length, ...texts.map((text) => text.length));
  return [heading, ...texts].map((text) => text.padEnd(widest));
}

function widthOf(texts: readonly string[] | undefined): number {
  return texts?.[0]?.length ?? 0;
}

function table(components: readonly MatrixRow[], columns: readonly (readonly string[])[]): string[] {
  const line = (index: number, mark: string): string => [...columns.map((texts) => texts[index] ?? ''), mark].join(GAP).trimEnd();
  const hasLayers = new Set(components.map(({ layer }) => layer)).size > 1;
  const lines = [line(0, '')];
  for (const [index, row] of components.entries()) {
    if (hasLayers && (index === 0 || row.layer !== components[index - 1]?.layer)) lines.push(`${row.layer ?? 'other'}:`);
    lines.push(line(index + 1, row.differs ? '≠' : ''));
  }
  return lines;
}

/** What each row is of, in as few words as tell it from the others. */
function labelsOf(rows: readonly MatrixRow[]): readonly string[] {
  let labels = rows.map(({ component, of }) => {
    const what = of.slice(of.indexOf(':') + 1);
    return what === component.name ? component.name : `${component.name} ${what}`;
  });
  const more: readonly ((row: MatrixRow, label: string) => string)[] = [
    ({ component }, label) => `${component.kind} ${component.namespace === undefined ? '' : `${component.namespace}/`}${label}`,
    ({ of }, label) => `${label} in container ${of.slice(0, Math.max(0, of.indexOf(':')))}`,
    ({ cells }, label) => `${label} of ${cells[0]?.file ?? ''}`,
  ];
  for (const fuller of more) {
    const texts = new Map<string, Set<string>>();
    const whole = rows.map((row, index) => fuller(row, labels[index] ?? ''));
    for (const [index, label] of labels.entries()) texts.set(label, (texts.get(label) ?? new Set()).add(whole[index] ?? ''));
    // What is the same for all rows of a label tells none of them from the others.
    labels = labels.map((label, index) => ((texts.get(label)?.size ?? 0) > 1 ? (whole[index] ?? '') : label));
  }
  return labels;
}

function textOf(cell: MatrixCell | undefined): string {
  return cell === undefined ? '-' : `${short(cell)}${cell.newerThan === undefined ? '' : ' !'}`;
}

function short({ version, digest }: MatrixCell): string {
  if (version === '') return '(no tag)';
  return version === digest ? version.slice(0, 19) : digest === undefined ? version : `${version}@${digest.slice(0, 13)}`;
}

function said({ component }: MatrixRow, { environment, version, newerThan, file, line }: MatrixCell): string {
  return `! ${component.name} is ${version} in ${environment}, newer than in ${newerThan}: ${file}:${line}`;
}

function summaryOf(components: readonly MatrixRow[], environments: number): string {
  const differing = components.filter(({ differs }) => differs).length;
  const all = `${components.length} ${components.length === 1 ? 'image or chart' : 'images and charts'} in ${environments} ${environments === 1 ? 'environment' : 'environments'}`;
  return `${all}: ${differing === 0 ? 'none differs' : `${differing} ${differing === 1 ? 'differs' : 'differ'}`}`;
}

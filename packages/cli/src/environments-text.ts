import { printable } from '@plumbline/reporters';
import type { EnvironmentMatrix, MatrixCell, MatrixRow } from './environment-matrix.ts';

/** The matrix as a table for people: `≠` where versions differ, `!` at one that is newer than the environment before has. */
export function environmentsText(matrix: EnvironmentMatrix): string {
  const { environments, components } = matrix;
  if (environments.length === 0)
    return 'no environments: name them under `environments` in plumbline.yaml, or by folders (environments/live, overlays/staging, clusters/prod-eu)\n';
  const order = environments
    .filter(({ rank }) => rank !== undefined)
    .map(({ name, stage }) => (stage === undefined || stage === name ? name : `${name} (${stage})`));
  const lines = [order.length > 1 ? `Order of promotion: ${order.join(' → ')}` : 'Nothing tells an order of promotion', ''];
  const used = environments.filter(({ name }) => components.some(({ cells }) => cells.some((cell) => cell.environment === name)));
  const head = ['component', ...used.map(({ name }) => name), ''];
  const layers = new Set(components.map(({ layer }) => layer));
  const several = namesakes(components);
  const rows = [head, ...components.map((row) => rowOf(row, used, several.has(row.component.name)))];
  const widths = head.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  lines.push(line(head));
  let layer: string | undefined;
  for (const [index, row] of components.entries()) {
    if (layers.size > 1 && (index === 0 || row.layer !== layer)) lines.push(`${row.layer ?? 'other'}:`);
    layer = row.layer;
    lines.push(line(rows[index + 1] ?? []));
  }
  const violations = components.flatMap((row) =>
    row.cells.filter(({ newerThan }) => newerThan !== undefined).map((cell) => said(row, cell)),
  );
  if (violations.length > 0) lines.push('', ...violations);
  const differing = components.filter(({ differs }) => differs).length;
  lines.push(
    '',
    `${components.length} ${components.length === 1 ? 'version' : 'versions'} in ${used.length} environments, ${differing} of them ${differing === 1 ? 'differs' : 'differ'}`,
  );
  return `${lines.map(printable).join('\n')}\n`;
}

function rowOf(row: MatrixRow, environments: readonly { readonly name: string }[], isShared: boolean): readonly string[] {
  const { component, of, cells, differs } = row;
  const what = of.slice(of.indexOf(':') + 1);
  const name = `${isShared ? `${component.kind} ${component.namespace === undefined ? '' : `${component.namespace}/`}` : ''}${component.name}`;
  return [
    what === component.name ? name : `${name} ${what}`,
    ...environments.map(({ name: environment }) => {
      const cell = cells.find((one) => one.environment === environment);
      return cell === undefined ? '-' : `${short(cell)}${cell.newerThan === undefined ? '' : ' !'}`;
    }),
    differs ? '≠' : '',
  ];
}

function namesakes(components: readonly MatrixRow[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const several = new Set<string>();
  for (const { component } of components) {
    const whole = `${component.kind} ${component.namespace ?? ''}`;
    if ((seen.get(component.name) ?? whole) !== whole) several.add(component.name);
    seen.set(component.name, whole);
  }
  return several;
}

function short({ version, digest }: MatrixCell): string {
  if (version === '') return '(no tag)';
  return version === digest ? version.slice(0, 19) : digest === undefined ? version : `${version}@${digest.slice(0, 13)}`;
}

function said({ component }: MatrixRow, { environment, version, newerThan, file, line }: MatrixCell): string {
  return `! ${component.name} is ${version} in ${environment}, newer than in ${newerThan}: ${file}:${line}`;
}

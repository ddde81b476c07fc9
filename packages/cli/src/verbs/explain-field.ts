/** What the schema says of `deployment.spec.replicas`; undefined where it knows no such field. */
export function explainFieldText(_field: string, _version: string | undefined): string | undefined {
  return undefined;
}

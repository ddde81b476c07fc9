/** Group, version, kind; the core group is `''`. A document that is no Kubernetes object has a pseudo group (`github`, `helm`, `any` …) and version `''`. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export function parseGvk(apiVersion: string, kind: string): GroupVersionKind {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion, kind }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
}

/** `apps/v1`, `v1`; for a pseudo kind `''`. */
export function apiVersionOf(gvk: GroupVersionKind): string {
  return gvk.version === '' ? '' : gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
}

/** `apps/Deployment`, `Pod`, `github/Workflow`: what rules match and inventories bucket by. */
export function kindKey(gvk: GroupVersionKind): string {
  return gvk.group === '' ? gvk.kind : `${gvk.group}/${gvk.kind}`;
}

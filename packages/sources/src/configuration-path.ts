/** Whether a file is read without being asked for by name: YAML, JSON, and the kustomization file that has no extension. */
export function isConfigurationPath(path: string): boolean {
  const dot = path.lastIndexOf('.');
  switch (dot < 0 ? '' : path.slice(dot + 1)) {
    case 'yaml':
    case 'yml':
    case 'json':
    case 'YAML':
    case 'YML':
      return true;
    default:
      return path.endsWith('Kustomization') && (path.length === 13 || path.charCodeAt(path.length - 14) === 47);
  }
}

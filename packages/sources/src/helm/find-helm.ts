import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where the program is: what $PLUMBLINE_HELM names, else the first on the PATH; undefined where there is none. */
export function findHelm(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment.PLUMBLINE_HELM;
  if (named !== undefined && named !== '') return isAbsolute(named) && isProgram(named) ? named : undefined;
  const names = process.platform === 'win32' ? ['helm.exe'] : ['helm'];
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    // A folder that is relative may be one of the repository that is checked: nothing of that is run.
    if (!isAbsolute(folder)) continue;
    for (const name of names) if (isProgram(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

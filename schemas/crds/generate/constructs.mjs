// Constructs that cdk8s made of definitions: one declaration file a group, NAMEProps for each kind, and its GVK in the code.
export function* kindsOfConstructs(owner, files) {
  for (const [file, bytes] of files) {
    const match = /^dist\/([a-z0-9.-]+\.[a-z]+)\.js$/.exec(file);
    if (match === null) continue;
    const code = bytes.toString('utf8');
    for (const one of code.matchAll(
      /class (\w+) extends \w*\.?ApiObject[\s\S]*?static GVK = \{\s*apiVersion: '([^']+)',\s*kind: '([^']+)'/g,
    )) {
      const [, name, apiVersion, kind] = one;
      const [group, version] = apiVersion.split('/');
      if (version === undefined) continue;
      yield { group, version, kind, place: { owner, path: file.slice(0, -'.js'.length), name: `${name}Props` } };
    }
  }
}

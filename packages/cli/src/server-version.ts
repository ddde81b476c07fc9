/** The minor that a server is compared as, and what to say where that is not its own. */
export interface ServerVersion {
  readonly minor: string;
  readonly note?: string;
}

/** `version` as servers say it (`v1.37.2`, `v1.33.4-gke.100`); `known` newest first; `asked`: what the command line says. */
export function serverVersion(version: string, known: readonly string[], asked: readonly string[]): ServerVersion | undefined {
  const own = /^v?(\d+)\.(\d+)/.exec(version);
  const [newest, oldest] = [known[0], known.at(-1)];
  if (asked.length > 0) {
    const minor = asked[0]?.split(',')[0]?.trim().replace(/^v/, '') ?? '';
    const isSame = own !== null && new RegExp(`^${own[1]}\\.${own[2]}(?:\\.|$)`).test(minor);
    return isSame || newest === undefined
      ? undefined
      : { minor: minorOf(minor, newest), note: `the server is ${version}, and is compared as ${minor}` };
  }
  if (own === null || newest === undefined || oldest === undefined)
    return newest === undefined
      ? undefined
      : { minor: newest, note: `the server says no version that is understood (${version}); ${newest} is taken` };
  const minor = `${own[1]}.${own[2]}`;
  if (known.includes(minor)) return { minor };
  const nearest = Number(own[2]) > Number(newest.split('.')[1]) ? newest : oldest;
  return { minor: nearest, note: `the server is ${version}, whose types are not known: it is compared by those of ${nearest}` };
}

function minorOf(text: string, newest: string): string {
  return text === 'latest' ? newest : (/^\d+\.\d+/.exec(text)?.[0] ?? newest);
}

/**
 * How the findings of a report differ from a list of `{rule, file, line}`, as lines `rule file:line`. Suppressed findings
 * count too: a waiver is part of what the sample shows. A place may be listed more than once.
 */
export function differences(expected, findings) {
  const wanted = expected.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
  const got = findings.map(({ rule, location }) => `${rule} ${location?.file ?? '-'}:${location?.line ?? 0}`);
  return { missing: without(wanted, got), extra: without(got, wanted), count: wanted.length };
}

function without(lines, others) {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

import type { Finding, Report, RuleInfo, Severity } from '@plumbline/core';
import { maskedEdits } from './masked-edits.ts';
import { named } from './named.ts';
import type { RenderOptions } from './options.ts';
import { fails } from './order.ts';
import { printable, printableJson } from './printable.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0 as GitHub code scanning reads it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function renderSarif(report: Report, options: RenderOptions = {}): string {
  const ids = [...new Set(report.findings.map((finding) => finding.rule))].sort();
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const notes = [
    ...report.notEvaluated.map(({ rule, reason, count }) => `not evaluated: ${count} × ${rule ?? 'every rule'}: ${reason}`),
    ...report.leftOut.map(({ reason, count }) => `left out: ${count} files: ${reason}`),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            version: report.tool.version,
            rules: ids.map((id) => toDescriptor(id, report)),
          },
        },
        invocations: [
          {
            executionSuccessful: !report.findings.some((finding) => finding.rule === 'engine/rule-threw' && fails(finding, 'error')),
            toolExecutionNotifications: notes.map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => toResult(finding, indexes.get(finding.rule) ?? 0, report, options)),
        properties: { kubernetesVersions: report.run.kubernetesVersions, preset: report.run.preset, summary: report.summary },
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, null, 2))}\n`;
}

function toDescriptor(id: string, report: Report): unknown {
  const info: RuleInfo | undefined = Object.hasOwn(report.rules, id) ? report.rules[id] : undefined;
  const first = report.findings.find((finding) => finding.rule === id);
  const title = info?.title ?? id;
  const why = info?.why ?? title;
  const remedy = info?.remedy ?? '';
  const severity: Severity = info?.severity ?? first?.severity ?? 'warning';
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: [title, why, remedy].filter((part) => part !== '').join('\n'), markdown: markdown(title, why, remedy, info) },
    ...(info?.link === undefined ? {} : { helpUri: info.link }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['kubernetes', info?.class ?? first?.class ?? 'quality', id.split('/')[0] ?? id],
      precision: 'high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  };
}

function markdown(title: string, why: string, remedy: string, info: RuleInfo | undefined): string {
  const parts = [`**${title}**`, why, remedy === '' ? '' : `**What to do:** ${remedy}`];
  if (info?.examples !== undefined)
    parts.push(
      `Fails:\n\n\`\`\`yaml\n${info.examples.fail.trimEnd()}\n\`\`\``,
      `Passes:\n\n\`\`\`yaml\n${info.examples.pass.trimEnd()}\n\`\`\``,
    );
  return parts.filter((part) => part !== '').join('\n\n');
}

function toResult(finding: Finding, ruleIndex: number, report: Report, { sources }: RenderOptions): unknown {
  const at = finding.location;
  const fixEdits = maskedEdits(finding, report, sources);
  return {
    ruleId: finding.rule,
    ruleIndex,
    kind: 'fail',
    level: LEVELS[finding.severity],
    message: { text: printable(finding.message) },
    locations: [
      {
        // Code scanning takes no result without a file; what has none stands on the repository.
        physicalLocation: at === null ? { artifactLocation: artifact('.') } : { artifactLocation: artifact(at.file), region: region(at) },
        ...(finding.resource === null
          ? {}
          : { logicalLocations: [{ name: finding.resource.name, fullyQualifiedName: named(finding.resource), kind: 'resource' }] }),
      },
    ],
    ...((finding.related ?? []).length === 0
      ? {}
      : {
          relatedLocations: (finding.related ?? []).map(({ file, line, column, message }, id) => ({
            id,
            physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column } },
            message: { text: printable(message) },
          })),
        }),
    // Code scanning follows an alert over commits by the first; the second is for readers that know this tool.
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, 'plumbline/v1': finding.fingerprint },
    ...(finding.suppressed === undefined ? {} : { suppressions: [suppression(finding)] }),
    ...(fixEdits.length === 0
      ? {}
      : { fixes: [{ description: { text: finding.fix?.title ?? '' }, artifactChanges: artifactChanges(fixEdits) }] }),
    properties: {
      class: finding.class,
      path: finding.path,
      ...(finding.versions === undefined ? {} : { versions: finding.versions }),
      ...(finding.units === undefined ? {} : { units: finding.units }),
      ...(finding.environments === undefined ? {} : { environments: finding.environments }),
    },
  };
}

function suppression(finding: Finding): unknown {
  const by = finding.suppressed;
  const isInSource = by?.by === 'waiver' && by.location !== undefined && by.location.file === finding.location?.file;
  return { kind: isInSource ? 'inSource' : 'external', status: 'accepted', justification: by?.reason ?? '' };
}

function artifactChanges(edits: ReturnType<typeof maskedEdits>): unknown[] {
  const byFile = new Map<string, unknown[]>();
  for (const edit of edits) {
    const replacements = byFile.get(edit.file) ?? [];
    replacements.push({ deletedRegion: region(edit), insertedContent: { text: edit.newText } });
    byFile.set(edit.file, replacements);
  }
  return [...byFile].map(([file, replacements]) => ({ artifactLocation: artifact(file), replacements }));
}

function region(at: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number }): unknown {
  return { startLine: at.line, startColumn: at.column, endLine: at.endLine, endColumn: at.endColumn };
}

function artifact(file: string): unknown {
  return { uri: file.split('/').map(encodeSegment).join('/'), uriBaseId: '%SRCROOT%' };
}

// encodeURIComponent throws on a lone surrogate, which a file name on disk may hold.
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'));
}

function pascalCase(id: string): string {
  return id.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_whole, _gap, letter: string) => letter.toUpperCase());
}

/** The report as SARIF 2.1.0, for code scanning services and viewers.
 *  One run; every URI is relative to the checked folder (%SRCROOT%), regions are 1-based in UTF-16 units.
 *  @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ArtifactLocation,
  Fix,
  Location,
  Log,
  Notification,
  PhysicalLocation,
  Region,
  Result,
  ThreadFlowLocation,
} from 'sarif';
import type { FilePath } from '../../core/index';
import type { Note } from '../notes';
import type { Place, Report, ReportedFinding, ReportedFix } from '../report';
import { VERSION } from '../version';
import { bySeverity } from './github';
import type { ReporterContext } from './reporter';
import { LEVELS, toReportingDescriptor } from './sarifRules';

const BASE_ID = '%SRCROOT%';

/** Code scanning refuses a run with more results than this.
 *  @see https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
const MAX_RESULTS = 25_000;

export function reportSarif(report: Report, { listsKnown }: ReporterContext): string {
  const known = new Set(listsKnown ? report.baseline?.known : []);
  const suppressed = new Map<ReportedFinding, string>();
  if (listsKnown) for (const each of report.suppressed) suppressed.set(each, each.reason);
  const all = [...report.findings, ...known, ...suppressed.keys()];
  const { results, nLeftOut } = atMost(MAX_RESULTS, all);
  const ruleIndexes = new Map(report.rules.map((rule, index) => [rule.id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Moat',
            version: VERSION,
            semanticVersion: VERSION,
            informationUri: 'https://github.com/moat-flask/moat',
            rules: report.rules.map(toReportingDescriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        // Python ends lines with a lone carriage return too.
        newlineSequences: ['\r\n', '\n', '\r'],
        originalUriBaseIds: { [BASE_ID]: { uri: folderUri(report.base) } },
        invocations: [
          {
            executionSuccessful: !report.notes.some((note) => note.isFailure),
            toolExecutionNotifications: [...report.notes.map(toNotification), ...aboutLimit(nLeftOut)],
          },
        ],
        results: results.map((finding) => ({
          ...toResult(finding, ruleIndexes),
          ...(report.baseline === undefined ? {} : toBaselineState(known.has(finding))),
          ...toSuppressions(suppressed.get(finding)),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** The worst stay, in the order of the report. */
function atMost(n: number, findings: readonly ReportedFinding[]) {
  if (findings.length <= n) return { results: findings, nLeftOut: 0 };
  const worst = new Set(bySeverity(findings).slice(0, n));
  return { results: findings.filter((finding) => worst.has(finding)), nLeftOut: findings.length - n };
}

function aboutLimit(nLeftOut: number): Notification[] {
  if (nLeftOut === 0) return [];
  const text = `${nLeftOut} of the mildest findings are left out: services take at most ${MAX_RESULTS}.`;
  return [{ level: 'warning', message: { text } }];
}

/** A comment in the source, and what its author says. */
function toSuppressions(reason: string | undefined): Pick<Result, 'suppressions'> {
  if (reason === undefined) return {};
  return { suppressions: [{ kind: 'inSource', ...(reason === '' ? {} : { justification: reason }) }] };
}

function toBaselineState(isKnown: boolean): Pick<Result, 'baselineState' | 'suppressions'> {
  if (!isKnown) return { baselineState: 'new' };
  const suppressions = [{ kind: 'external', justification: 'It stands in the baseline.' } as const];
  return { baselineState: 'unchanged', suppressions };
}

/** A relative URI reference: each part is encoded, also what would read as a scheme (`a:b.py`). */
export function toRelativeUri(path: FilePath): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(toWellFormed(part)).replace(/[!'()*]/g, encodeByte))
    .join('/');
}

function toResult(reported: ReportedFinding, ruleIndexes: ReadonlyMap<string, number>): Result {
  const { finding, place, steps } = reported;
  const ruleIndex = ruleIndexes.get(finding.ruleId);
  const fix = reported.createFix();
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: toPhysicalLocation(place) }],
    partialFingerprints: { 'moat/v1': finding.fingerprint },
    ...(steps.length === 0
      ? {}
      : { codeFlows: [{ threadFlows: [{ locations: steps.map(toFlowLocation) }] }] }),
    ...(fix === undefined ? {} : { fixes: [toFix(fix)] }),
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      ...(finding.fixSafety === undefined ? {} : { fixSafety: finding.fixSafety }),
    },
  };
}

function toFlowLocation(
  { place, message }: ReportedFinding['steps'][number],
  index: number,
): ThreadFlowLocation {
  const location: Location = { physicalLocation: toPhysicalLocation(place), message: { text: message } };
  return { location, executionOrder: index + 1 };
}

function toPhysicalLocation(place: Place): PhysicalLocation {
  const { start, end, lineText } = place;
  const location = { artifactLocation: toArtifactLocation(place.path), region: toRegion(place) };
  const isPartOfLine = start.line === end.line && end.column - start.column < lineText.length;
  if (!isPartOfLine) return location;
  // The whole line, so that a viewer without the source can show it.
  return { ...location, contextRegion: { startLine: start.line, snippet: { text: lineText } } };
}

function toRegion({ start, end }: Place): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function toArtifactLocation(path: FilePath): ArtifactLocation {
  return { uri: toRelativeUri(path), uriBaseId: BASE_ID };
}

function toFix({ title, files }: ReportedFix): Fix {
  return {
    description: { text: title },
    artifactChanges: files.map(({ path, edits }) => ({
      artifactLocation: toArtifactLocation(path),
      replacements: edits.map(({ place, newText }) => ({
        deletedRegion: toRegion(place),
        ...(newText === '' ? {} : { insertedContent: { text: newText } }),
      })),
    })),
  };
}

function toNotification({ path, message, isFailure }: Note): Notification {
  return {
    level: isFailure ? 'error' : 'warning',
    message: { text: path === undefined ? message : `${path} ${message}` },
  };
}

/** Ends with a slash, as the specification asks of a base. */
function folderUri(folder: string): string {
  return pathToFileURL(folder.endsWith(sep) ? folder : folder + sep).href;
}

function encodeByte(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** File names on Windows may hold half a surrogate pair, which no URI can. */
function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

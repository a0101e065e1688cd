/** Asks an analyzer for one file and turns the answer into diagnostics, once per answer. */
import type { CancellationToken, Diagnostic } from 'vscode-languageserver';
import { Budget, type FilePath, type FileReport, type Finding } from '../core/index';
import { notCheckedDiagnostic, toDiagnostic } from './diagnostics';
import type { Folder } from './folder';
import type { Session } from './session';

/** Steps of one check; far more than a real file needs, so that only a pathological one is cut. */
const MAX_STEPS = 5_000_000;

/** Findings of one file that are shown. VS Code draws no more either, and a message of many megabytes would hold
 *  everything else up. */
export const MAX_SHOWN = 1000;

export interface CheckResult {
  readonly items: readonly Diagnostic[];
  /** Equal for equal items. */
  readonly resultId: string;
}

interface Entry extends CheckResult {
  readonly report: FileReport;
  /** Texts that the positions were counted in. */
  readonly texts: ReadonlyMap<FilePath, string | undefined>;
}

export class Checker {
  readonly #session: Session;
  readonly #entries = new WeakMap<Folder, Map<FilePath, Entry>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Forgets what was converted, because settings changed what is shown. */
  reset(folder: Folder): void {
    this.#entries.delete(folder);
  }

  /** Diagnostics of one file; throws what the analyzer throws. */
  check(folder: Folder, path: FilePath, token?: CancellationToken): CheckResult {
    const document = this.#session.workspace.documentAt(folder, path);
    if (document?.problem !== undefined) return toResult([notCheckedDiagnostic(document.problem)]);
    if (!folder.analyzer.hasFile(path) || !folder.config.enable) return toResult([]);
    const start = this.#session.environment.clock.now();
    const report = folder.analyzer.check(path, createBudget(token), 'file');
    if (document !== undefined)
      this.#session.scheduler.noteCost(document, this.#session.environment.clock.now() - start);
    return this.#convert(folder, report);
  }

  /** Findings that are shown, in the present text. */
  findings(folder: Folder, path: FilePath, token?: CancellationToken): readonly Finding[] {
    if (!folder.analyzer.hasFile(path) || !folder.config.enable) return [];
    const { findings } = folder.analyzer.check(path, createBudget(token), 'file');
    return this.#shown(folder, path, findings);
  }

  /** Neither too mild nor known already. */
  #shown(folder: Folder, file: FilePath, findings: readonly Finding[]): readonly Finding[] {
    const fresh = this.#session.baselines.fresh(folder, file, findings);
    return fresh.filter((finding) => isShown(folder, finding));
  }

  #convert(folder: Folder, report: FileReport): CheckResult {
    let entries = this.#entries.get(folder);
    if (entries === undefined) {
      entries = new Map();
      this.#entries.set(folder, entries);
    }
    const known = entries.get(report.file);
    if (known?.report === report && isCurrent(folder, known)) return known;
    const shown = this.#shown(folder, report.file, report.findings);
    const items = mostSevere(shown).map((finding) => toDiagnostic(this.#session, folder, finding));
    if (shown.length > MAX_SHOWN)
      items.push(
        notCheckedDiagnostic(
          this.#session.t('{0} more findings in this file are not shown.', shown.length - MAX_SHOWN),
        ),
      );
    for (const cut of report.cuts)
      items.push(
        notCheckedDiagnostic(this.#session.t('Moat checked this file in part: {0}', this.#session.say(cut))),
      );
    const files = new Set([
      report.file,
      ...shown.flatMap((finding) => finding.path.map((step) => step.file)),
    ]);
    const texts = new Map([...files].map((file) => [file, folder.analyzer.textOf(file)]));
    const entry: Entry = { ...toResult(items), report, texts };
    entries.set(report.file, entry);
    return entry;
  }
}

export function createBudget(token?: CancellationToken): Budget {
  if (token === undefined) return new Budget(MAX_STEPS);
  return new Budget(MAX_STEPS, {
    get isCancelled() {
      return token.isCancellationRequested;
    },
  });
}

function isShown(folder: Folder, finding: Finding): boolean {
  return SEVERITY_ORDER[finding.severity] <= SEVERITY_ORDER[folder.config.minSeverity ?? 'hint'];
}

const SEVERITY_ORDER = { error: 0, warning: 1, information: 2, hint: 3 } as const;

/** In the order of the text. */
function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MAX_SHOWN) return findings;
  const kept = [...findings]
    .sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity])
    .slice(0, MAX_SHOWN);
  return kept.sort((a, b) => a.range.start - b.range.start);
}

function isCurrent(folder: Folder, entry: Entry): boolean {
  for (const [file, text] of entry.texts) if (folder.analyzer.textOf(file) !== text) return false;
  return true;
}

function toResult(items: readonly Diagnostic[]): CheckResult {
  return { items, resultId: hash(JSON.stringify(items)) };
}

/** 53 bits of two multiplicative hashes; only has to tell one result of a file from the next. */
function hash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

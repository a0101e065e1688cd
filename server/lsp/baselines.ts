/** Known findings: the baseline that a folder's configuration names is read, and what stands in it is not shown. */
import {
  BASELINE_FILE,
  type Baseline,
  type BaselineFinding,
  baselineFingerprint,
  configuredFile,
  dirname,
  type FilePath,
  type Finding,
  joinPath,
  matchBaseline,
  parseBaseline,
  renderBaseline,
  toBaseline,
} from '../core/index';
import { problem } from '../host/host';
import { createBudget } from './checker';
import type { Folder } from './folder';
import type { Session } from './session';

interface Loaded {
  /** Relative to the folder. */
  readonly path: FilePath;
  /** Undefined until it has been read. */
  readonly entries: Baseline | undefined;
}

interface Candidate extends BaselineFinding {
  readonly finding: Finding;
}

export class Baselines {
  readonly #session: Session;
  readonly #loaded = new WeakMap<Folder, Loaded>();
  readonly #reading = new WeakMap<Folder, Promise<void>>();
  /** How many findings of each file are known. */
  readonly #nKnown = new WeakMap<Folder, Map<FilePath, number>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Findings that the baseline does not know. While it is being read, all are shown. */
  fresh(folder: Folder, file: FilePath, findings: readonly Finding[]): readonly Finding[] {
    const { baseline: path } = folder.config;
    void this.ensure(folder);
    const entries = path === '' ? undefined : this.#loaded.get(folder)?.entries;
    const known =
      entries === undefined || entries.length === 0
        ? new Set()
        : this.#known(folder, file, entries, findings);
    this.#count(folder, file, known.size);
    return known.size === 0 ? findings : findings.filter((finding) => !known.has(finding));
  }

  /** Settles when what the configuration names has been read. */
  ensure(folder: Folder): Promise<void> {
    const loaded = this.#loaded.get(folder);
    if ((loaded?.path ?? '') !== folder.config.baseline) this.#reading.set(folder, this.read(folder));
    return this.#reading.get(folder) ?? Promise.resolve();
  }

  /** All findings that the folder's baseline hides, in files that were checked. */
  nKnown(folder: Folder): number {
    return [...(this.#nKnown.get(folder)?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  }

  /** True for the file that the configuration names. */
  isBaseline(folder: Folder, path: FilePath): boolean {
    return path !== '' && folder.config.baseline === path;
  }

  /** Reads what the configuration names now; what was shown is then looked at anew. */
  async read(folder: Folder): Promise<void> {
    const path = folder.config.baseline;
    if (path === '' && !this.#loaded.has(folder)) return;
    this.#loaded.set(folder, { path, entries: undefined });
    if (path !== '') {
      const { files, log } = this.#session;
      // Nothing outside of the folder is read, whatever the configuration names.
      const inside = joinPath(path);
      const result =
        inside === undefined
          ? problem('unreadable', this.#session.t('lies outside of the folder'))
          : await files.read(folder.uriOf(inside));
      const parsed = result.kind === 'text' ? parseBaseline(result.text) : undefined;
      for (const fault of parsed?.problems ?? []) this.#complain(path, fault);
      if (result.kind === 'problem') this.#complain(path, `It ${result.message}.`);
      if (folder.config.baseline !== path) return;
      const home = dirname(path);
      const entries = (parsed?.value ?? []).flatMap((entry) => {
        const file = joinPath(home, entry.file);
        return file === undefined ? [] : [{ ...entry, file }];
      });
      log.info(`${path}: ${entries.length} known findings`);
      this.#loaded.set(folder, { path, entries });
    }
    this.#session.checker.reset(folder);
    this.#session.announcer.changed(folder);
  }

  /** The findings of a whole folder as a baseline, and the configuration that names it. */
  async create(
    folder: Folder,
  ): Promise<{ readonly nFindings: number; readonly files: { uri: string; text: string }[] }> {
    await folder.loaded;
    const path = folder.config.baseline || BASELINE_FILE;
    const home = dirname(path);
    const found: BaselineFinding[] = [];
    for (const file of folder.analyzer.checkableFiles()) {
      const { findings } = folder.analyzer.check(file, createBudget());
      const inFile = home === '' ? file : relativeTo(home, file);
      if (inFile !== undefined)
        for (const candidate of this.#candidates(folder, file, findings))
          found.push({ ...candidate, file: inFile });
      await this.#session.scheduler.pause();
    }
    const baseline = { uri: folder.uriOf(path), text: renderBaseline(toBaseline(found)) };
    if (folder.config.baseline === path) return { nFindings: found.length, files: [baseline] };
    const textOf = (file: FilePath) => folder.analyzer.textOf(file);
    const config = configuredFile(textOf, ['baseline'], JSON.stringify(path));
    const written = config === undefined ? [] : [{ uri: folder.uriOf(config.file), text: config.text }];
    return { nFindings: found.length, files: [baseline, ...written] };
  }

  #known(
    folder: Folder,
    file: FilePath,
    entries: Baseline,
    findings: readonly Finding[],
  ): ReadonlySet<Finding> {
    const candidates = this.#candidates(folder, file, findings);
    const { known } = matchBaseline(entries, candidates, (other) =>
      other === file ? 'checked' : folder.analyzer.hasFile(other) ? 'unchecked' : 'gone',
    );
    return new Set([...known].map(({ finding }) => finding));
  }

  #candidates(folder: Folder, file: FilePath, findings: readonly Finding[]): Candidate[] {
    const text = folder.analyzer.textOf(file) ?? '';
    return findings.map((finding) => ({
      rule: finding.ruleId,
      file,
      fingerprint: baselineFingerprint(finding.ruleId, text, finding.range),
      text: finding.message,
      finding,
    }));
  }

  #count(folder: Folder, file: FilePath, n: number): void {
    const counts = this.#nKnown.get(folder) ?? new Map<FilePath, number>();
    this.#nKnown.set(folder, counts);
    if ((counts.get(file) ?? 0) === n) return;
    counts.set(file, n);
    this.#session.status.update();
  }

  #complain(path: FilePath, fault: string): void {
    this.#session.tellOnce(
      'warning',
      this.#session.t('Moat: the baseline {0} cannot be used. {1}', path, this.#session.say(fault)),
    );
  }
}

function relativeTo(home: FilePath, file: FilePath): FilePath | undefined {
  return file.startsWith(`${home}/`) ? file.slice(home.length + 1) : undefined;
}

/** A toy analyzer with one simple rule, to test the harness with. It reports calls of functions that it knows by name:
 *  `evil(x)` error, mended to `good(x)` · `stubborn(x)` warning, refused · `murmur(x)` hint, no offer
 *  · `keyed()` error, mended to `env()` together with a line in `.env`.
 *  Lines with the word `origin` above a call are the first step of its path. */
import type {
  Analyzer,
  Config,
  ConfigLayer,
  FileReport,
  Finding,
  Fix,
  FixOffer,
  Rule,
  Severity,
  TextEdit,
} from '../../server/core';
import { applyEdits, DEFAULT_CONFIG } from '../../server/core';

/** Ways to misbehave, each of which the harness must notice. */
export type Mischief =
  | 'fix does nothing'
  | 'fix breaks the syntax'
  | 'fix brings a new finding'
  | 'fix moves the finding elsewhere'
  | 'fix forgets a file'
  | 'fixAll forgets a finding'
  | 'stale after an edit'
  | 'order matters';

export const FAKE_RULE = 'bad-call';

const SEVERITY_OF: Readonly<Record<string, Severity>> = {
  evil: 'error',
  stubborn: 'warning',
  murmur: 'hint',
  keyed: 'error',
};

export function createFakeAnalyzer(mischief?: Mischief): Analyzer {
  return new FakeAnalyzer(mischief);
}

/** Unbalanced parentheses are the toy language's only fault. */
export function fakeSyntaxProblems(_path: string, text: string): readonly string[] {
  const nOpen = text.split('(').length;
  return nOpen === text.split(')').length ? [] : ['unbalanced parentheses'];
}

class FakeAnalyzer implements Analyzer {
  readonly #texts = new Map<string, string>();
  readonly #reports = new Map<string, FileReport>();
  readonly #mischief: Mischief | undefined;
  #config = DEFAULT_CONFIG;

  constructor(mischief: Mischief | undefined) {
    this.#mischief = mischief;
  }

  suppressed(): readonly [] {
    return [];
  }

  isRelevant(file: string): boolean {
    return /\.(py|html)$|^\.env$/.test(file);
  }

  setFile(file: string, text: string): void {
    this.#texts.set(file, text);
    if (this.#mischief !== 'stale after an edit') this.#reports.clear();
  }

  editFile(file: string, edits: readonly TextEdit[]): void {
    for (const edit of edits) this.setFile(file, applyEdits(this.textOf(file) ?? '', [edit]));
  }

  removeFile(file: string): void {
    this.#texts.delete(file);
    this.#reports.clear();
  }

  hasFile(file: string): boolean {
    return this.#texts.has(file);
  }

  textOf(file: string): string | undefined {
    return this.#texts.get(file);
  }

  checkableFiles(): readonly string[] {
    return [...this.#texts.keys()].filter((file) => !file.startsWith('.')).sort();
  }

  configure(settings: ConfigLayer): void {
    this.#config = { ...DEFAULT_CONFIG, ...settings };
  }

  config(): Config {
    return this.#config;
  }

  suppressions(): readonly [] {
    return [];
  }

  actionsFor(): readonly [] {
    return [];
  }

  rules(): readonly Rule[] {
    return [];
  }

  check(file: string): FileReport {
    const known = this.#reports.get(file);
    if (known) return known;
    const findings = this.#config.enable ? this.#findings(file) : [];
    const report = { file, findings, isCarriedOver: false, cuts: [] };
    this.#reports.set(file, report);
    return report;
  }

  solveNext(): boolean {
    return false;
  }

  staleFiles(): readonly string[] {
    return [];
  }

  fixesAt(file: string, at: { start: number; end: number }): readonly FixOffer[] {
    return this.check(file)
      .findings.filter(({ range }) => range.start <= at.end && at.start <= range.end)
      .flatMap((finding) => this.#offers(finding));
  }

  fixesFor(file: string, fingerprint: string): readonly FixOffer[] {
    const finding = this.check(file).findings.find((candidate) => candidate.fingerprint === fingerprint);
    return finding ? this.#offers(finding) : [];
  }

  fixAll(file: string): Fix | undefined {
    const offers = this.check(file).findings.flatMap((finding) => this.#offers(finding));
    const fixes = offers.flatMap((offer) => (offer.kind === 'fix' ? [offer.fix] : []));
    const used = this.#mischief === 'fixAll forgets a finding' ? fixes.slice(1) : fixes;
    const edits = used.flatMap((fix) =>
      fix.edits.filter((edit) => edit.file === file).flatMap((edit) => edit.edits),
    );
    const others = used.flatMap((fix) => fix.edits.filter((edit) => edit.file !== file)).slice(0, 1);
    if (edits.length === 0) return undefined;
    return { title: 'Fix all', safety: 'safe', edits: [{ file, isNew: false, edits }, ...others] };
  }

  #findings(file: string): readonly Finding[] {
    const text = this.#texts.get(file) ?? '';
    if (this.#mischief === 'order matters' && [...this.#texts.keys()][0] === file) return [];
    return [...text.matchAll(/\b(evil|stubborn|murmur|keyed)\(/g)].map((match, index) => {
      const name = match[1] ?? '';
      const range = { start: match.index, end: match.index + name.length };
      const origin = text.lastIndexOf('origin', match.index);
      const source = { file, range: { start: origin, end: origin + 6 }, message: 'read here' };
      const sink = { file, range, message: 'called here' };
      return {
        ruleId: FAKE_RULE,
        file,
        range,
        message: `This call depends on \`${name}\`.`,
        severity: SEVERITY_OF[name] ?? 'error',
        confidence: 'high',
        path: origin < 0 ? [sink] : [source, sink],
        fingerprint: `${file} ${name} ${index}`,
      };
    });
  }

  #offers({ file, range, fingerprint }: Finding): readonly FixOffer[] {
    const base = { ruleId: FAKE_RULE, fingerprint };
    const name = (this.#texts.get(file) ?? '').slice(range.start, range.end);
    if (name === 'murmur') return [];
    if (name === 'stubborn') return [{ ...base, kind: 'refused', reason: 'No fix, because it is stubborn.' }];
    const edits = [{ file, isNew: false, edits: [{ range, newText: this.#newName(name) }] }];
    const env = {
      file: '.env',
      isNew: !this.#texts.has('.env'),
      edits: [{ range: { start: 0, end: 0 }, newText: 'K=1\n' }],
    };
    const isWhole = name === 'keyed' && this.#mischief !== 'fix forgets a file';
    const fix: Fix = { title: `Replace ${name}`, safety: 'safe', edits: isWhole ? [...edits, env] : edits };
    return [{ ...base, kind: 'fix', fix }];
  }

  #newName(name: string): string {
    switch (this.#mischief) {
      case 'fix does nothing':
        return name;
      case 'fix breaks the syntax':
        return 'good(';
      case 'fix brings a new finding':
        return 'stubborn(1) or murmur';
      case 'fix moves the finding elsewhere':
        return 'good() or evil';
      default:
        return name === 'keyed' ? 'env' : 'good';
    }
  }

  survey(): void {}

  routesIn(): readonly [] {
    return [];
  }

  attackSurface(): readonly [] {
    return [];
  }

  checklists(): readonly [] {
    return [];
  }
}

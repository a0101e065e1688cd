/** An engine with toy rules that know calls by name, to test the command without the real one:
 *  `evil(x)` error with a path, safe fix · `odd(x)` warning, fix to review · `vague(x)` warning, fix to finish · `stubborn(x)` warning, refused ·
 *  `murmur(x)` hint, no fix · `clumsy(x)` error, a fix after which the file does not parse · `keyed()` error, safe fix with a secret in `.env` · `liar(x)` error, a fix that does
 *  nothing · `trade(x)` error, a fix that brings an information · `hush(x)` error, a fix that brings a hint · `crash(` throws, `choke(` already when the file is read · `half(` stands for a file that does not parse. */
import {
  type Analyzer,
  type AnalyzerHost,
  type Config,
  type ConfigLayer,
  createPathMatcher,
  DEFAULT_CONFIG,
  type FileEdit,
  type FileReport,
  type Finding,
  type Fix,
  type FixOffer,
  type FixSafety,
  type Rule,
  type Severity,
} from '../../server/core/index';

interface Toy {
  readonly severity: Severity;
  readonly fixSafety?: FixSafety;
  readonly replacement?: string;
}

const TOYS: Readonly<Record<string, Toy>> = {
  evil: { severity: 'error', fixSafety: 'safe', replacement: 'good' },
  odd: { severity: 'warning', fixSafety: 'review', replacement: 'even' },
  stubborn: { severity: 'warning', fixSafety: 'safe' },
  vague: { severity: 'warning', fixSafety: 'assist', replacement: 'todo' },
  murmur: { severity: 'hint' },
  note: { severity: 'information' },
  keyed: { severity: 'error', fixSafety: 'safe', replacement: 'env' },
  clumsy: { severity: 'error', fixSafety: 'safe', replacement: 'half' },
  trade: { severity: 'error', fixSafety: 'safe', replacement: 'note' },
  hush: { severity: 'error', fixSafety: 'safe', replacement: 'murmur' },
  liar: { severity: 'error', fixSafety: 'safe', replacement: 'liar' },
};

export const FAKE_RULES: readonly Rule[] = Object.entries(TOYS).map(([name, toy]) => ({
  id: `${name}-call`,
  title: `Call of ${name}`,
  kind: 'sql',
  severity: toy.severity,
  ...(toy.fixSafety === undefined ? {} : { fixSafety: toy.fixSafety }),
  doc: {
    happens: `Whoever calls \`${name}\` gets **what they asked for**.`,
    vulnerable: { 'app.py': `${name}(request.args["q"])\n` },
    safe: { 'app.py': 'good("q")\n' },
    why: 'It is *good*.',
    limits: '- none',
    references: [{ title: 'Python', url: 'https://docs.python.org/3/' }],
  },
  check: () => [],
}));

export function createFakeAnalyzer(host: AnalyzerHost): Analyzer {
  return new FakeAnalyzer(host);
}

class FakeAnalyzer implements Analyzer {
  readonly #host: AnalyzerHost;
  readonly #texts = new Map<string, string>();
  #settings: ConfigLayer = {};

  constructor(host: AnalyzerHost) {
    this.#host = host;
  }

  isRelevant(file: string): boolean {
    return /\.(py|html)$|(^|\/)\.(env|gitignore)$/.test(file);
  }

  setFile(file: string, text: string): void {
    if (text.includes('choke(')) throw new Error('the toy choked');
    this.#texts.set(file, text);
  }

  editFile(): void {
    throw new Error('The command sets whole files');
  }

  removeFile(file: string): void {
    this.#texts.delete(file);
  }

  hasFile(file: string): boolean {
    return this.#texts.has(file);
  }

  textOf(file: string): string | undefined {
    return this.#texts.get(file);
  }

  checkableFiles(): readonly string[] {
    const isExcluded = createPathMatcher(this.config().exclude);
    return [...this.#texts.keys()].filter((file) => /\.(py|html)$/.test(file) && !isExcluded(file)).sort();
  }

  configure(settings: ConfigLayer): void {
    this.#settings = settings;
  }

  config(): Config {
    return { ...DEFAULT_CONFIG, ...this.#settings };
  }

  suppressions(): readonly [] {
    return [];
  }

  actionsFor(): readonly [] {
    return [];
  }

  rules(): readonly Rule[] {
    return FAKE_RULES;
  }

  suppressed(): readonly [] {
    return [];
  }

  check(file: string): FileReport {
    const text = this.#texts.get(file) ?? '';
    if (text.includes('crash(')) throw new Error('the toy broke');
    if (text.includes('log(')) this.#host.logger.error('rule log-call failed', new Error('no toy'));
    const findings = this.#findings(file, text);
    const cuts = text.includes('long(') ? ['was followed only in part: it is too long'] : [];
    return { file, findings, isCarriedOver: text.includes('half('), cuts };
  }

  solveNext(): boolean {
    return false;
  }

  staleFiles(): readonly string[] {
    return [];
  }

  fixesAt(): readonly FixOffer[] {
    return [];
  }

  fixesFor(file: string, fingerprint: string): readonly FixOffer[] {
    const finding = this.check(file).findings.find((each) => each.fingerprint === fingerprint);
    return finding === undefined ? [] : this.#offers(finding);
  }

  fixAll(): Fix | undefined {
    return undefined;
  }

  #findings(file: string, text: string): readonly Finding[] {
    const counts = new Map<string, number>();
    return [...text.matchAll(/\b(evil|odd|vague|stubborn|murmur|note|keyed|liar|clumsy|trade|hush)\(/g)].map(
      (match) => {
        const name = match[1] ?? '';
        const toy = TOYS[name] as Toy;
        const nBefore = counts.get(name) ?? 0;
        counts.set(name, nBefore + 1);
        const range = { start: match.index, end: match.index + name.length };
        return {
          ruleId: `${name}-call`,
          file,
          range,
          message: `This call depends on \`${name}\`.`,
          severity: toy.severity,
          confidence: 'high',
          path: name === 'evil' ? this.#path(file, text, range) : [],
          fingerprint: `${file}:${name}:${nBefore}`,
          ...(toy.fixSafety === undefined ? {} : { fixSafety: toy.fixSafety }),
        };
      },
    );
  }

  #path(file: string, text: string, range: Finding['range']): Finding['path'] {
    const origin = text.lastIndexOf('origin', range.start);
    const sink = { file, range, message: '`evil` is called' };
    if (origin < 0) return [sink];
    return [{ file, range: { start: origin, end: origin + 6 }, message: '`origin` is read' }, sink];
  }

  #offers({ file, range, fingerprint, ruleId }: Finding): readonly FixOffer[] {
    const name = (this.#texts.get(file) ?? '').slice(range.start, range.end);
    const toy = TOYS[name] as Toy;
    if (toy.fixSafety === undefined) return [];
    if (toy.replacement === undefined)
      return [{ kind: 'refused', ruleId, fingerprint, reason: 'no fix is written, because it is stubborn' }];
    const edits: FileEdit[] = [{ file, isNew: false, edits: [{ range, newText: toy.replacement }] }];
    if (name === 'keyed') edits.push(...this.#secretEdits());
    return [
      { kind: 'fix', ruleId, fingerprint, fix: { title: `Replace ${name}`, safety: toy.fixSafety, edits } },
    ];
  }

  #secretEdits(): FileEdit[] {
    return [
      this.#append('.env', `KEY=${this.#host.createSecret()}\n`),
      this.#append('.env.example', 'KEY=\n'),
      this.#append('.gitignore', '.env\n'),
    ];
  }

  #append(file: string, newText: string): FileEdit {
    const end = this.#texts.get(file)?.length ?? 0;
    return { file, isNew: !this.#texts.has(file), edits: [{ range: { start: end, end }, newText }] };
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

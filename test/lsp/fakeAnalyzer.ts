/** A stand-in for the engine that finds words instead of flows, so that the server's tests say in one line what
 *  is wrong where:
 *    FAULT           a finding with a safe fix (FIXED takes its place)
 *    REFUSED         a finding whose fix is refused
 *    SECRET          a finding whose fix also writes `.env`
 *    USES x.py       a finding if x.py holds EVIL; the path starts there
 *    BOOM            the analyzer throws
 *  Texts with `(((` do not parse: the findings of before stay. */
import {
  type Analyzer,
  type AnalyzerHost,
  applyEdits,
  type Budget,
  type ConfigLayer,
  DEFAULT_CONFIG,
  extension,
  type FileReport,
  type Finding,
  type Fix,
  type FixOffer,
  type Range,
  type Rule,
  type TextEdit,
} from '../../server/core/index';

export interface FakeAnalyzer extends Analyzer {
  /** Every checked file, in order; cached answers do not count. */
  readonly checked: string[];
  /** Called at the start of a check. */
  onCheck: (file: string, budget: Budget | undefined) => void;
}

interface Cached {
  readonly report: FileReport;
  readonly basis: string;
}

const WORDS = /\b(?:FAULT|REFUSED|SECRET|USES ([\w./]+))/g;

const RULE_OF = {
  FAULT: 'fake-fault',
  REFUSED: 'fake-refused',
  SECRET: 'fake-secret',
  USES: 'fake-flow',
} as const;

export const FAKE_RULES: readonly Rule[] = Object.values(RULE_OF).map((id) => ({
  id,
  title: `Title of ${id}`,
  kind: 'sql',
  severity: 'error',
  doc: {
    happens: 'Something bad.\n\nMore about it.',
    vulnerable: {},
    safe: {},
    why: '',
    limits: '',
    references: [],
  },
  check: () => [],
}));

export function createFakeAnalyzer(host: AnalyzerHost): FakeAnalyzer {
  let settings: ConfigLayer = {};
  const texts = new Map<string, string>();
  const cache = new Map<string, Cached>();
  const checked: string[] = [];

  const basisOf = (file: string): string => {
    const text = texts.get(file) ?? '';
    const uses = [...text.matchAll(WORDS)].map((match) => match[1]).filter((name) => name !== undefined);
    return JSON.stringify([text, settings, ...uses.map((name) => texts.get(name))]);
  };

  const findingsOf = (file: string, text: string): Finding[] => {
    const result: Finding[] = [];
    for (const match of text.matchAll(WORDS)) {
      const word = (match[0].split(' ')[0] ?? '') as keyof typeof RULE_OF;
      const range = { start: match.index, end: match.index + match[0].length };
      const evil = match[1] === undefined ? -1 : (texts.get(match[1]) ?? '').indexOf('EVIL');
      if (word === 'USES' && evil < 0) continue;
      const setting = analyzer.config().ruleSeverities[RULE_OF[word]] ?? 'default';
      if (setting === 'off') continue;
      result.push({
        ruleId: RULE_OF[word],
        file,
        range,
        message: `This is a \`${word}\`.`,
        severity: setting === 'default' ? 'error' : setting,
        confidence: 'high',
        path:
          match[1] === undefined
            ? []
            : [
                { file: match[1], range: { start: evil, end: evil + 4 }, message: 'Evil is read' },
                { file, range, message: 'and used' },
              ],
        fingerprint: `${RULE_OF[word]}:${result.length}`,
        ...(word === 'USES' ? {} : { fixSafety: 'safe' as const }),
      });
    }
    return result;
  };

  const offersFor = (finding: Finding): FixOffer[] => {
    const { ruleId, fingerprint, file, range } = finding;
    switch (ruleId) {
      case 'fake-fault':
        return [{ kind: 'fix', ruleId, fingerprint, fix: replaceAll(file, [range]) }];
      case 'fake-refused':
        return [
          {
            kind: 'refused',
            ruleId,
            fingerprint,
            reason: 'no fix is written, because the name of a table cannot be a parameter',
          },
        ];
      case 'fake-secret': {
        const present = texts.get('.env');
        const line = `KEY=${host.createSecret()}\n`;
        const end = present?.length ?? 0;
        const env = {
          file: '.env',
          isNew: present === undefined,
          edits: [{ range: { start: end, end }, newText: line }],
        };
        const own = replaceAll(file, [range]).edits;
        return [
          {
            kind: 'fix',
            ruleId,
            fingerprint,
            fix: { title: 'Move to .env', safety: 'safe', edits: [...own, env] },
          },
        ];
      }
      default:
        return [];
    }
  };

  const analyzer: FakeAnalyzer = {
    config: () => ({ ...DEFAULT_CONFIG, ...settings }),
    rules: () => FAKE_RULES,
    actionsFor: () => [],
    suppressions: () => [],
    suppressed: () => [],
    checked,
    onCheck: () => {},
    isRelevant: (file) => ['py', 'html'].includes(extension(file)) || file.startsWith('.env'),
    setFile: (file, text) => void texts.set(file, text),
    editFile: (file, edits: readonly TextEdit[]) => {
      let text = texts.get(file);
      if (text === undefined) throw new Error('no such file');
      for (const edit of edits) text = applyEdits(text, [edit]);
      texts.set(file, text);
    },
    removeFile: (file) => {
      texts.delete(file);
      cache.delete(file);
    },
    hasFile: (file) => texts.has(file),
    textOf: (file) => texts.get(file),
    checkableFiles: () => [...texts.keys()].filter((file) => !file.startsWith('.env')).sort(),
    configure: (given) => {
      settings = given;
    },
    check: (file, budget) => {
      const basis = basisOf(file);
      const known = cache.get(file);
      if (known?.basis === basis) return known.report;
      analyzer.onCheck(file, budget);
      checked.push(file);
      const text = texts.get(file) ?? '';
      if (text.includes('BOOM')) throw new Error(`source text: ${text}`);
      const isCarriedOver = text.includes('(((');
      const findings = isCarriedOver ? (known?.report.findings ?? []) : findingsOf(file, text);
      const report = { file, findings, isCarriedOver, cuts: text.includes('CUT') ? ['a long function'] : [] };
      cache.set(file, { report, basis });
      return report;
    },
    solveNext: () => false,
    staleFiles: (except) =>
      analyzer.checkableFiles().filter((file) => file !== except && cache.get(file)?.basis !== basisOf(file)),
    fixesAt: (file, range) =>
      analyzer
        .check(file)
        .findings.filter((finding) => finding.range.start <= range.end && range.start <= finding.range.end)
        .flatMap(offersFor),
    fixesFor: (file, fingerprint) =>
      analyzer
        .check(file)
        .findings.filter((finding) => finding.fingerprint === fingerprint)
        .flatMap(offersFor),
    survey: () => {},
    routesIn: () => [],
    attackSurface: () => [],
    checklists: () => [],
    fixAll: (file, ruleId) => {
      const ranges = analyzer
        .check(file)
        .findings.filter((finding) => finding.ruleId === (ruleId ?? 'fake-fault'))
        .map((finding) => finding.range);
      return ranges.length === 0 ? undefined : replaceAll(file, ranges);
    },
  };
  return analyzer;
}

function replaceAll(file: string, ranges: readonly Range[]): Fix {
  const edits = ranges.map((range) => ({ range, newText: 'FIXED' }));
  return { title: 'Put FIXED in', safety: 'safe', edits: [{ file, isNew: false, edits }] };
}

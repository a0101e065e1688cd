/** What an app keeps of the promises of `practices.ts`: kept, broken, or not to be told, each with the reason and the
 *  places that show it. Nothing is called kept without evidence in the code. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { AppFacts } from '../model/appFacts';
import type { Finding, Rule } from '../rules/rule';
import type { SurfaceRoute } from './attackSurface';
import type { Wording } from './checklistTexts';
import { wording } from './checklistTexts';
import { PART_OF_KIND, PRACTICES, type PracticeId, practiceOf } from './practices';
import { VERDICTS } from './verdicts';

export type CheckStatus = 'pass' | 'fail' | 'unknown';

export interface CheckPlace {
  readonly file: FilePath;
  readonly range: Range;
}

export interface Verdict {
  readonly status: CheckStatus;
  readonly reason: Wording;
  /** What shows it; findings are apart. */
  readonly places: readonly CheckPlace[];
  /** True when there is nothing that the promise is about. */
  readonly isIdle?: boolean;
  readonly lines?: readonly ChecklistLine[];
}

/** One of the parts that a promise has: a header, an extension. */
export interface ChecklistLine extends Verdict {
  readonly name: string;
}

export interface ChecklistRow extends Verdict {
  readonly id: PracticeId;
  /** What breaks the promise, or may; worst first. */
  readonly findings: readonly Finding[];
}

export interface AppChecklist {
  /** Where the app is made. */
  readonly place: CheckPlace;
  /** The factory, if the app is made in one. */
  readonly name: string | undefined;
  readonly rows: readonly ChecklistRow[];
}

/** What verdicts are made from. */
export interface AppView {
  readonly facts: AppFacts;
  readonly place: CheckPlace;
  readonly routes: readonly SurfaceRoute[];
  /** Files of the app that were followed in part only. */
  readonly cutFiles: readonly FilePath[];
  /** Places that are evidence of something; see `evidence.ts`. */
  places(key: string): readonly CheckPlace[];
  /** Findings of one promise that are more than hints. */
  broken(id: PracticeId): readonly Finding[];
  isOff(ruleId: string): boolean;
  /** Extensions and headers that a finding says are weakened. */
  readonly weakened: ReadonlySet<string>;
}

export function rowsOf(
  view: Omit<AppView, 'broken' | 'weakened'>,
  findings: readonly Finding[],
  rules: readonly Rule[],
): readonly ChecklistRow[] {
  const kinds = new Map(rules.map(({ id, kind }) => [id, kind]));
  const byPractice = new Map<PracticeId, Finding[]>(PRACTICES.map((id) => [id, []]));
  const weakened = new Set<string>();
  for (const finding of findings) {
    const kind = kinds.get(finding.ruleId);
    if (kind === undefined) continue;
    const practice = practiceOf(kind);
    if (practice !== undefined) byPractice.get(practice)?.push(finding);
    const part = PART_OF_KIND[kind];
    if (part !== undefined && isBreaking(finding)) weakened.add(part);
  }
  const of = (id: PracticeId) => byPractice.get(id) ?? [];
  const app: AppView = { ...view, weakened, broken: (id) => of(id).filter(isBreaking) };
  return PRACTICES.flatMap((id): readonly ChecklistRow[] => {
    const own = of(id);
    const verdict = verdictOf(app, id, own);
    if (verdict === undefined) return [];
    const off = rules.find((rule) => practiceOf(rule.kind) === id && app.isOff(rule.id));
    // Nobody looked.
    const seen = off === undefined || verdict.status !== 'pass' ? verdict : withoutRule(off, verdict);
    return [{ id, findings: own, ...seen }];
  });
}

function withoutRule({ id }: Rule, verdict: Verdict): Verdict {
  return { ...verdict, status: 'unknown', reason: wording('ruleOff', id) };
}

/** What was found weighs more than what speaks for the promise. */
function verdictOf(app: AppView, id: PracticeId, findings: readonly Finding[]): Verdict | undefined {
  const own = id === 'other' ? undefined : VERDICTS[id](app);
  const lines = own?.lines === undefined ? {} : { lines: own.lines };
  const nBroken = app.broken(id).length;
  if (nBroken > 0) return { status: 'fail', reason: wording('broken', nBroken), places: [], ...lines };
  if (own === undefined && findings.length === 0) return undefined;
  if (own?.status !== 'fail' && findings.length > 0)
    return { status: 'unknown', reason: wording('suspected', findings.length), places: [], ...lines };
  return own;
}

function isBreaking({ severity }: Finding): boolean {
  return severity !== 'hint';
}

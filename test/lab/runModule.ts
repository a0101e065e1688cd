/** One module's way: use it, attack it, let Moat mend it, use and attack it again, check it again. */
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { startApp } from './flaskApp';
import type { InnerService } from './innerService';
import type { LabCase, LabModule, Service, StepOptions } from './labModule';
import type { Finding, FixRun, MoatCommand } from './moatCommand';
import { meaningOf } from './page';
import { holds } from './proof';
import type { Python } from './python';
import { type Answer, headOf, playSession, type Session } from './visitor';

export interface Surroundings {
  readonly moat: MoatCommand;
  readonly python: Python;
  readonly inner: InnerService;
  /** Makes what a module needs; answers the variables by which its app finds it. */
  provide(service: Service, name: string): Promise<Readonly<Record<string, string>>>;
}

export interface ModulePlace {
  readonly name: string;
  /** With `app.py`, and `mended/` where people mend it. */
  readonly source: string;
  /** Empty, for copies. */
  readonly workplace: string;
}

export interface CaseResult {
  readonly name: string;
  readonly isExploitedBefore: boolean;
  readonly isExploitedAfter: boolean;
  readonly nHonest: number;
  readonly nHonestAsBefore: number;
  /** Moat leaves it to a person, and the lab knows. */
  readonly isLeft: boolean;
  /** Why the case failed; empty if it passed. */
  readonly problems: readonly string[];
}

export interface ModuleResult {
  readonly name: string;
  readonly cases: readonly CaseResult[];
  /** Undefined where people mend. */
  readonly fix: FixRun | undefined;
  readonly isClean: boolean;
  /** Of the module as a whole: fixes missing, findings left. */
  readonly problems: readonly string[];
  /** The app as Moat left it. */
  readonly fixedFolder: string;
}

export async function runModule(
  surroundings: Surroundings,
  place: ModulePlace,
  module: LabModule,
): Promise<ModuleResult> {
  const { moat } = surroundings;
  const rules = module.rules ?? [place.name];
  const vulnerable = copyApp(place, 'vulnerable');
  const mended = copyApp(place, 'mended');
  const found = await moat.check(vulnerable);
  const fix = module.fixedBy === 'hand' ? undefined : await moat.fix(mended, rules);
  if (fix === undefined) cpSync(join(place.source, 'mended'), mended, { recursive: true });
  const left = await moat.check(mended);
  const nLeft = module.cases.filter(({ left: why }) => why !== undefined).length;
  const surplus = unwelcome(rules, found, left, nLeft);
  const problems = [
    ...rules
      .filter((rule) => !found.some(({ ruleId }) => ruleId === rule))
      .map((rule) => `${rule} finds nothing in the vulnerable app`),
    ...(fix?.nFixed === 0 ? [`nothing was fixed:\n${fix.lines.join('\n')}`] : []),
    ...surplus,
  ];
  const before = await play(surroundings, vulnerable, place.name, module);
  const after = await play(surroundings, mended, place.name, module);
  const cases = module.cases.map((labCase, index) =>
    judge(module, labCase, before[index] as Played, after[index] as Played),
  );
  return {
    name: place.name,
    cases,
    fix,
    isClean: surplus.length === 0,
    problems,
    fixedFolder: mended,
  };
}

function copyApp({ source, workplace }: ModulePlace, name: string): string {
  const folder = join(workplace, name);
  mkdirSync(folder, { recursive: true });
  const isOfApp = (path: string) => !/^(lab\.ts|mended|__pycache__)$/.test(basename(path));
  cpSync(source, folder, { recursive: true, filter: isOfApp });
  return folder;
}

/** What the second check should not say: findings of the module's rules, but for `nLeft` that are known to be left, and
 *  more of any other rule than before. Hints of others may come: a value stored as it came is one once it is no fault. */
function unwelcome(
  rules: readonly string[],
  found: readonly Finding[],
  left: readonly Finding[],
  nLeft: number,
): readonly string[] {
  const show = ({ file, line, ruleId, message }: Finding) => `left: ${file}:${line} [${ruleId}] ${message}`;
  const isMore = ({ ruleId }: Finding) => nOf(left, ruleId) > nOf(found, ruleId);
  const own = left.filter(({ ruleId }) => rules.includes(ruleId));
  const others = left.filter(
    (finding) => !rules.includes(finding.ruleId) && finding.severity !== 'hint' && isMore(finding),
  );
  return [...(own.length === nLeft ? [] : own), ...others].map(show);
}

function nOf(findings: readonly Finding[], rule: string): number {
  return findings.filter(({ ruleId }) => ruleId === rule).length;
}

type Played =
  | {
      readonly kind: 'played';
      readonly honest: Session;
      readonly attack: Session;
      readonly isExploited: boolean;
      /** Texts that differ from run to run by nature. */
      readonly ownWords: readonly string[];
    }
  | { readonly kind: 'broken'; readonly reason: string };

/** Starts the app and plays every case in it; honest visitors come first, all of them. */
async function play(
  surroundings: Surroundings,
  folder: string,
  name: string,
  module: LabModule,
): Promise<readonly Played[]> {
  const services = await Promise.all(
    (module.needs ?? []).map((service) =>
      surroundings.provide(service, `${name}_${basename(folder)}`.replace(/\W/g, '_')),
    ),
  );
  const env = Object.assign({}, ...services, module.env ?? {}) as Record<string, string>;
  const options = { interpreter: surroundings.python.interpreter, folder, env };
  const { start: way = 'flask', app = 'app', prepare = [] } = module;
  const start = await startApp({ ...options, start: way, app, prepare }).catch(toReason);
  if (typeof start === 'string') return module.cases.map(() => ({ kind: 'broken', reason: start }));
  const { python, inner } = surroundings;
  const given = { origin: start.origin, folder, inner: inner.url };
  const ownWords = [start.origin, folder, inner.url];
  try {
    const honest: (Session | string)[] = [];
    for (const { honest: steps } of module.cases)
      honest.push(await playSession(steps, python, given).catch(toReason));
    const played: Played[] = [];
    for (const [index, { exploit, proof }] of module.cases.entries()) {
      const nAsked = inner.asked.length;
      const nLogged = start.log().length;
      const attack = await playSession(exploit, python, given).catch(toReason);
      const session = honest[index] ?? '';
      if (typeof attack === 'string') played.push({ kind: 'broken', reason: attack });
      else if (typeof session === 'string') played.push({ kind: 'broken', reason: session });
      else {
        if (proof.log !== undefined) await untilPrinted();
        const log = start.log().slice(nLogged);
        const innerPaths = inner.asked.slice(nAsked);
        const isExploited = holds(proof, { session: attack, folder, log, innerPaths });
        played.push({ kind: 'played', honest: session, attack, isExploited, ownWords });
      }
    }
    return played;
  } finally {
    await start.stop();
  }
}

/** What the app printed before it answered comes through another pipe, and may come later. */
function untilPrinted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 200)); // ms; ten times what was seen
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function judge(
  { answersAre }: LabModule,
  { name, honest, left }: LabCase,
  before: Played,
  after: Played,
): CaseResult {
  const nHonest = honest.filter((step) => !('python' in step)).length;
  const isLeft = left !== undefined;
  if (before.kind === 'broken' || after.kind === 'broken') {
    const problems = [
      ...(before.kind === 'broken' ? [`before the fix: ${before.reason}`] : []),
      ...(after.kind === 'broken' ? [`after the fix: ${after.reason}`] : []),
    ];
    return {
      name,
      isExploitedBefore: false,
      isExploitedAfter: false,
      nHonest,
      nHonestAsBefore: 0,
      isLeft,
      problems,
    };
  }
  const odd = before.honest.answers.flatMap(({ step, answer }) => {
    const isExpected = answer.status === (step.status ?? 200) && answer.body.includes(step.shows ?? '');
    return isExpected ? [] : [`an honest request is not answered before the fix:\n${show(answer)}`];
  });
  const changed = before.honest.answers.flatMap(({ answer, step }, index) => {
    const now = after.honest.answers[index]?.answer;
    const likenessIn = (played: typeof before, each: Answer) =>
      likeness(answersAre, each, [...played.ownWords, ...savedBy(step, played.honest)]);
    const isSame = now !== undefined && likenessIn(before, answer) === likenessIn(after, now);
    const both = `${show(answer)}\n  now:\n${now === undefined ? '-' : show(now)}`;
    return isSame ? [] : [`an honest request is answered differently after the fix:\n${both}`];
  });
  const lastOf = ({ attack }: typeof before) => {
    const last = attack.answers.at(-1);
    return last === undefined ? '-' : show(last.answer);
  };
  return {
    name,
    isExploitedBefore: before.isExploited,
    isExploitedAfter: after.isExploited,
    nHonest,
    nHonestAsBefore: nHonest - changed.length,
    isLeft,
    problems: [
      ...odd,
      ...(before.isExploited ? [] : [`the exploit does not work before the fix:\n${lastOf(before)}`]),
      ...(isLeft && !after.isExploited ? ['it is mended: take its `left` out'] : []),
      ...(after.isExploited && !isLeft ? [`the exploit works after the fix:\n${lastOf(after)}`] : []),
      ...changed,
    ],
  };
}

/** Tokens and keys that a step took out of its answer. */
function savedBy({ save }: StepOptions, { saved }: Session): readonly string[] {
  return Object.keys(save ?? {}).flatMap((name) => saved[name] || []);
}

/** What makes two answers the same to an honest visitor: not dates, cookies' signatures, new tokens, or other ways of
 *  writing the same page. */
function likeness(
  answersAre: LabModule['answersAre'],
  { status, headers, body }: Answer,
  ownWords: readonly string[],
): string {
  if (answersAre === 'json') return `${status} ${JSON.stringify(JSON.parse(body))}`;
  const type = headers['content-type'] ?? '';
  const content = /html/.test(type) ? meaningOf({ type, body }) : body;
  const text = [`${status}`, type, headers.location, content].join('\n');
  return ownWords.reduce((rest, word, index) => rest.replaceAll(word, `<${index}>`), text);
}

function show(answer: Answer): string {
  const body = answer.body.length > 1200 ? `${answer.body.slice(0, 1200)}…` : answer.body;
  return `  ${answer.asked}\n  ${answer.status}\n${`${headOf(answer)}\n\n${body}`.replace(/^/gm, '  | ')}`;
}

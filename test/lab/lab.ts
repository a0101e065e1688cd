/** The lab: real Flask apps that are exploited, mended by Moat, and exploited no longer. `npm run test:lab` runs it. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { askPythonAndJinja, questionsOfFixtures, questionsOfFolder } from './acceptance';
import { type Database, startMariadb, startPostgres } from './databases';
import { startInnerService } from './innerService';
import type { LabModule, Service } from './labModule';
import { MoatCommand } from './moatCommand';
import { LabError } from './process';
import { type Python, preparePython } from './python';
import { type ModuleResult, runModule, type Surroundings } from './runModule';
import { runSnippets } from './snippets';
import { toTable } from './table';
import { startTlsServers } from './tlsServers';

export interface LabOptions {
  readonly root: string;
  /** Folder with the bundles of `apps/<name>/lab.ts`, as `<name>/lab.mjs`. */
  readonly bundles: string;
  /** Modules to run; all where nothing is said. */
  readonly only: readonly string[] | undefined;
  /** Keep the apps, as they were and as Moat left them, in this folder. */
  readonly keepIn: string | undefined;
  readonly nParallel: number;
  /** Gets `{ passed, failed }`. */
  readonly totalsFile: string;
}

export class LabSetupError extends Error {}

interface NamedModule {
  readonly name: string;
  readonly module: LabModule;
}

/** Answers the exit code. */
export async function runLab(options: LabOptions): Promise<number> {
  const modules = await loadModules(options);
  const temporary = mkdtempSync(join(tmpdir(), 'moat-lab-'));
  const stops: (() => Promise<void>)[] = [];
  try {
    const surroundings = await prepare(options, modules, temporary, stops);
    const possible = await leaveOut(surroundings.python, modules);
    const results = await runAll(options, surroundings, possible, temporary);
    console.log(`\n${toTable(results)}`);
    const totals = { passed: 0, failed: 0 };
    for (const problem of [
      ...judgeModules(results, totals),
      ...(await judgeTexts(options, surroundings, results, totals)),
      ...(await judgeSnippets(options, surroundings, totals)),
    ])
      console.log(`\n✗ ${problem}`);
    writeFileSync(options.totalsFile, JSON.stringify(totals));
    console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
    return totals.failed > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof LabError) throw new LabSetupError(error.message);
    throw error;
  } finally {
    for (const stop of stops) await stop();
    // A server that is still starting may write once more.
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function loadModules({ root, bundles, only }: LabOptions): Promise<readonly NamedModule[]> {
  const names = readdirSync(join(root, 'test/lab/apps')).sort();
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new LabSetupError(`There is no module ${unknown.join(', ')} in test/lab/apps.`);
  return Promise.all(
    names
      .filter((name) => only?.includes(name) ?? true)
      .map(async (name) => {
        const { lab } = await import(pathToFileURL(join(bundles, name, 'lab.mjs')).href);
        return { name, module: lab as LabModule };
      }),
  );
}

/** Starts what the modules need, and only that. */
async function prepare(
  { root }: LabOptions,
  modules: readonly NamedModule[],
  temporary: string,
  stops: (() => Promise<void>)[],
): Promise<Surroundings> {
  // Database servers run as users of their own and must be able to pass.
  chmodSync(temporary, 0o711);
  const python = await preparePython(join(root, 'test/lab/requirements.txt'));
  const inner = await startInnerService();
  stops.push(inner.stop);
  const isNeeded = (service: Service) => modules.some(({ module }) => module.needs?.includes(service));
  const start = async (service: Service, starter: typeof startPostgres) => {
    if (!isNeeded(service)) return undefined;
    const database = await starter(join(temporary, service), python);
    stops.push(database.stop);
    return database;
  };
  const [postgres, mariadb, tls] = await Promise.all([
    start('postgres', startPostgres),
    start('mariadb', startMariadb),
    isNeeded('tls') ? startTlsServers(temporary) : undefined,
  ]);
  if (tls !== undefined) stops.push(tls.stop);
  const create = (database: Database | undefined, name: string) => {
    if (database === undefined)
      throw new LabError('A module uses a service that it does not name in `needs`.');
    return database.create(name);
  };
  return {
    moat: new MoatCommand(join(root, 'dist/moat.js')),
    python,
    inner,
    provide: async (service, name) => {
      if (service === 'postgres') return create(postgres, name);
      if (service === 'mariadb') return create(mariadb, name);
      return service === 'tls' ? (tls?.env ?? {}) : { INNER_URL: inner.url };
    },
  };
}

/** Takes the modules out that this Python is too old for, and says so. */
async function leaveOut(python: Python, modules: readonly NamedModule[]): Promise<readonly NamedModule[]> {
  const kept = await Promise.all(
    modules.map(
      async ({ module: { wants } }) =>
        wants === undefined || (await python.run([`import sys, tarfile; print(${wants})`])) === 'True',
    ),
  );
  for (const [index, { name, module }] of modules.entries())
    if (kept[index] !== true) console.log(`- ${name}: left out, for here is not ${module.wants}`);
  return modules.filter((_, index) => kept[index]);
}

async function runAll(
  { root, keepIn, nParallel }: LabOptions,
  surroundings: Surroundings,
  modules: readonly NamedModule[],
  temporary: string,
): Promise<readonly ModuleResult[]> {
  const results: ModuleResult[] = [];
  const waiting = [...modules];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, module } = next;
      const place = {
        name,
        source: join(root, module.source ?? `test/lab/apps/${name}`),
        workplace: join(keepIn ?? temporary, 'apps', name),
      };
      rmSync(place.workplace, { recursive: true, force: true });
      const result = await runModule(surroundings, place, module);
      console.log(`${isPassed(result) ? '✓' : '✗'} ${name}`);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: nParallel }, work));
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isPassed({ problems, cases }: ModuleResult): boolean {
  return problems.length === 0 && cases.every((each) => each.problems.length === 0);
}

interface Totals {
  passed: number;
  failed: number;
}

/** One test for each case, and one for each module as a whole. */
function judgeModules(results: readonly ModuleResult[], totals: Totals): readonly string[] {
  const all = results.flatMap(({ name, problems, cases, fix }) => {
    const isOpen = cases.some((each) => each.isExploitedAfter && !each.isLeft);
    const whatMoatSaid = isOpen && fix !== undefined ? [`Moat said:\n${fix.lines.join('\n')}`] : [];
    return [
      { name, problems: [...problems, ...whatMoatSaid] },
      ...cases.map((each) => ({ name: `${name}, ${each.name}`, problems: each.problems })),
    ];
  });
  for (const { problems } of all) totals[problems.length === 0 ? 'passed' : 'failed']++;
  return all.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
}

/** One test: all fixed texts, those of the fixtures and those that were made here. */
async function judgeTexts(
  { root }: LabOptions,
  { python }: Surroundings,
  results: readonly ModuleResult[],
  totals: Totals,
): Promise<readonly string[]> {
  const { nAccepted, unknown, refused } = await askPythonAndJinja(
    python,
    join(root, 'test/lab/acceptance.py'),
    [
      ...questionsOfFixtures(join(root, 'test/rules')),
      ...results.flatMap(({ name, fixedFolder }) => questionsOfFolder(name, fixedFolder)),
    ],
  );
  console.log(
    `\nPython and Jinja accept ${nAccepted} fixed texts and refuse ${refused.length}; ` +
      `${unknown.length} use syntax that is new to them or foreign.`,
  );
  totals[refused.length === 0 ? 'passed' : 'failed']++;
  return refused.map((text) => `not accepted: ${text}`);
}

/** One test: all snippets. */
async function judgeSnippets(
  { root }: LabOptions,
  { python }: Surroundings,
  totals: Totals,
): Promise<readonly string[]> {
  const script = join(root, 'test/lab/snippets.py');
  const { nRun, problems } = await runSnippets(python, script, join(root, 'snippets'));
  console.log(`\n${nRun - problems.length} of ${nRun} snippets run in a Flask app.`);
  totals[problems.length === 0 ? 'passed' : 'failed']++;
  return problems;
}

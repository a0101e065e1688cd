/** The command as people use it: `moat fix`, `moat check`. */
import { LabError, runProgram } from './process';

export interface Finding {
  readonly ruleId: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface FixRun {
  readonly nFixed: number;
  /** The command's own lines on what it did and left. */
  readonly lines: readonly string[];
}

export class MoatCommand {
  readonly #script: string;

  /** @param script `dist/moat.js` */
  constructor(script: string) {
    this.#script = script;
  }

  async check(folder: string): Promise<readonly Finding[]> {
    const options = ['--format', 'json', '--min-severity', 'hint', '--fail-on', 'never'];
    const report: unknown = JSON.parse(await this.#run(folder, ['check', ...options]));
    if (!isReport(report)) throw new LabError('The report of `moat check` has another shape than expected.');
    return report.findings.map(({ start, ...finding }) => ({ ...finding, line: start.line }));
  }

  async fix(folder: string, rules: readonly string[]): Promise<FixRun> {
    const chosen = rules.flatMap((rule) => ['--rule', rule]);
    const lines = (await this.#run(folder, ['fix', '--kind', 'review', ...chosen])).trim().split('\n');
    return { nFixed: lines.filter((line) => line.startsWith('✔')).length, lines };
  }

  async #run(folder: string, args: readonly string[]): Promise<string> {
    const options = { cwd: folder, env: { ...process.env, NO_COLOR: '1' } };
    const { status, stdout, stderr } = await runProgram(process.execPath, [this.#script, ...args], options);
    if (status !== 0) throw new LabError(`moat ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`);
    return stdout;
  }
}

interface Report {
  readonly findings: readonly (Omit<Finding, 'line'> & { readonly start: { readonly line: number } })[];
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'findings' in value && Array.isArray(value.findings);
}

/** Every snippet as an editor inserts it, run or rendered in a real Flask app. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expandSnippet } from '../snippets/expand';
import { LabError, mustRun } from './process';
import type { Python } from './python';

export interface SnippetResults {
  readonly nRun: number;
  readonly problems: readonly string[];
}

const SUFFIX = '.code-snippets';

export async function runSnippets(python: Python, script: string, folder: string): Promise<SnippetResults> {
  const cases = readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .flatMap((file) => casesOf(file.slice(0, -SUFFIX.length), readFileSync(join(folder, file), 'utf8')));
  const output = await mustRun(python.interpreter, [script], { input: JSON.stringify(cases) });
  const answers: unknown = JSON.parse(output);
  if (!Array.isArray(answers) || answers.length !== cases.length)
    throw new LabError(`Odd answers: ${output}`);
  const problems = answers.flatMap(({ name, reason }) =>
    reason === null ? [] : [`the snippet ${name} does not work: ${reason}`],
  );
  return { nRun: cases.length, problems };
}

/** One case for each option of a snippet's choices. */
function casesOf(kind: string, text: string) {
  const snippets: Readonly<Record<string, { readonly body: readonly string[] }>> = JSON.parse(text);
  return Object.entries(snippets).flatMap(([title, { body }]) => {
    const { nOptions } = expandSnippet(body.join('\n'));
    return Array.from({ length: nOptions }, (_none, index) => ({
      name: `${kind}: ${title}`,
      kind,
      text: expandSnippet(body.join('\n'), index).text,
    }));
  });
}

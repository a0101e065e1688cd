/** Looks a folder's configuration over, for those who write it: what is wrong with its keys, and whether its rows and
 *  rules do to the examples beside them what the author says. */
import { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { ConfigReader } from '../config/folderConfig';
import { configPath } from '../config/read';
import { RULES } from '../generated/registry';
import type { Finding, Rule } from '../rules/rule';
import { parsePython } from '../syntax/python/parse';
import { entryOf, type TomlNode, valueAt } from '../syntax/toml/ast';
import { parseToml } from '../syntax/toml/parse';
import type { AnalyzerHost } from './analyzer';
import { createAnalyzer } from './createAnalyzer';

export interface ConfigurationReport {
  /** The file that counts; undefined when there is none. */
  readonly file: FilePath | undefined;
  readonly problems: readonly { readonly file: FilePath; readonly range: Range; readonly message: string }[];
  readonly nExamples: number;
}

const EXAMPLE_FILE = 'example.py';
const SECTIONS = ['sources', 'sinks', 'sanitizers', 'guards', 'custom-rules'] as const;
const STEPS = 5_000_000;

export function checkConfiguration(
  textOf: (file: FilePath) => string | undefined,
  host: AnalyzerHost,
  rules: readonly Rule[] = RULES,
): ConfigurationReport {
  const { problems, config } = new ConfigReader(rules).read(textOf);
  const [file] = problems.keys();
  if (file === undefined) return { file: undefined, problems: [], nExamples: 0 };
  const found = [...problems].flatMap(([at, list]) =>
    list.map(({ range, message }) => ({ file: at, range, message })),
  );
  const { rows, customRules } = config;
  const check = (text: string): readonly Finding[] => {
    const analyzer = createAnalyzer(host, rules);
    analyzer.configure({ rows, customRules });
    analyzer.setFile(EXAMPLE_FILE, text);
    return analyzer.check(EXAMPLE_FILE, new Budget(STEPS)).findings;
  };
  const examples = examplesIn(valueAt(parseToml(textOf(file) ?? '').root, configPath(file)));
  const failing = examples.flatMap((example) => {
    const message = faultOf(example, check);
    return message === undefined
      ? []
      : [{ file, range: example.range, message: `\`${example.key}\`: ${message}` }];
  });
  return { file, problems: [...found, ...failing], nExamples: examples.length };
}

interface Example {
  readonly key: string;
  readonly text: string;
  readonly range: Range;
  readonly mustMatch: boolean;
  /** Only findings of this rule count; undefined for rows, where those of any do. */
  readonly ruleId: string | undefined;
}

function examplesIn(root: TomlNode | undefined): readonly Example[] {
  return SECTIONS.flatMap((section) => {
    const table = entryOf(root, section)?.value;
    if (table?.kind !== 'table') return [];
    return table.entries.flatMap(({ key, value }) =>
      (['must-match', 'must-not-match'] as const).flatMap((name) =>
        textsOf(entryOf(value, name)?.value).map(
          ({ value: text, range }): Example => ({
            key: `${section}.${key}.${name}`,
            text,
            range,
            mustMatch: name === 'must-match',
            ruleId: section === 'custom-rules' ? key : undefined,
          }),
        ),
      ),
    );
  });
}

function textsOf(node: TomlNode | undefined): Extract<TomlNode, { kind: 'string' }>[] {
  if (node?.kind === 'string') return [node];
  return node?.kind === 'array' ? node.items.filter((item) => item.kind === 'string') : [];
}

function faultOf(
  { text, mustMatch, ruleId }: Example,
  check: (text: string) => readonly Finding[],
): string | undefined {
  const [broken] = parsePython(text).problems;
  if (broken !== undefined) return `This is no Python: ${broken.message}`;
  const counting = check(text).filter((finding) =>
    ruleId === undefined ? /error|warning/.test(finding.severity) : finding.ruleId === ruleId,
  );
  const [first] = counting;
  if (mustMatch) return first === undefined ? 'Moat reports nothing in this example.' : undefined;
  if (first === undefined) return undefined;
  const line = text.slice(0, first.range.start).split('\n').length;
  return `Moat reports \`${first.ruleId}\` on line ${line} of this example: ${first.message}`;
}

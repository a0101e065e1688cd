/** The configuration of one folder: its file below, the editor's or the command's settings on top. Files are read
 *  again only when their text has changed; while one does not parse, what it said before counts. */
import type { FilePath } from '../base/filePath';
import type { OwnLibrary } from '../knowledge/library';
import { type CustomRuleSpec, customRule } from '../rules/customRule';
import type { Rule } from '../rules/rule';
import { type Config, type ConfigLayer, DEFAULT_CONFIG, mergeLayers } from './config';
import type { ConfigProblem } from './problem';
import { CONFIG_FILES, readConfigFile } from './read';

export interface FolderConfig {
  readonly config: Config;
  /** By file: what is wrong in it. */
  readonly problems: ReadonlyMap<FilePath, readonly ConfigProblem[]>;
  readonly rules: readonly Rule[];
  /** The user's rows, and those of custom rules; undefined when there are none. */
  readonly own: OwnLibrary | undefined;
}

interface ReadFile {
  readonly text: string;
  readonly layer: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
  readonly saysSomething: boolean;
}

export class ConfigReader {
  readonly #builtInIds: readonly string[];
  readonly #files = new Map<FilePath, ReadFile>();
  #settings: ConfigLayer = {};
  #isChanged = true;
  #current: FolderConfig = { config: DEFAULT_CONFIG, problems: new Map(), rules: [], own: undefined };

  constructor(builtIn: readonly Rule[]) {
    this.#builtInIds = builtIn.map(({ id }) => id);
  }

  /** What lies on top of the files. */
  setSettings(settings: ConfigLayer): void {
    this.#settings = settings;
    this.#isChanged = true;
  }

  /** A file of the folder has changed. */
  fileChanged(file: FilePath): void {
    if (CONFIG_FILES.includes(file)) this.#isChanged = true;
  }

  /** The same object as long as nothing has changed. */
  read(textOf: (file: FilePath) => string | undefined): FolderConfig {
    if (!this.#isChanged) return this.#current;
    this.#isChanged = false;
    for (const file of CONFIG_FILES) this.#readFile(file, textOf(file));
    const speaking = CONFIG_FILES.filter((file) => this.#files.get(file)?.saysSomething);
    const problems = new Map(
      speaking.map((file, index) => {
        const found = this.#files.get(file)?.problems ?? [];
        return [file, index === 0 ? found : [eclipsed(file)]];
      }),
    );
    const [first] = speaking;
    const base = first === undefined ? {} : (this.#files.get(first)?.layer ?? {});
    const config = mergeLayers([base, this.#settings]);
    this.#current = { config, problems, rules: rulesOf(config), own: ownRows(config) };
    return this.#current;
  }

  #readFile(file: FilePath, text: string | undefined): void {
    const known = this.#files.get(file);
    if (text === undefined) this.#files.delete(file);
    if (text === undefined || known?.text === text) return;
    const read = readConfigFile(file, text, this.#builtInIds);
    if (read === undefined) {
      this.#files.set(file, { text, layer: {}, problems: [], saysSomething: false });
      return;
    }
    const { layer, problems, isBroken } = read;
    const isKept = isBroken && known?.saysSomething === true;
    this.#files.set(file, { text, layer: isKept ? known.layer : layer, problems, saysSomething: true });
  }
}

function eclipsed(file: FilePath): ConfigProblem {
  const message = `\`moat.toml\` is there too, so \`[tool.moat]\` in \`${file}\` does not count. Keep one of them.`;
  return { key: '', message, range: { start: 0, end: 0 } };
}

function rulesOf({ customRules }: Config): readonly Rule[] {
  return Object.entries(customRules).map(([id, rule]) =>
    customRule({ ...rule, id } satisfies CustomRuleSpec),
  );
}

function ownRows({ rows, customRules, csrfTokens }: Config): OwnLibrary | undefined {
  const rules = Object.values(customRules);
  const own = {
    ...rows,
    sinks: joined([rows.sinks, ...rules.map(({ sinks }) => sinks)]),
    misuses: joined(rules.map(({ misuses }) => misuses)),
    csrfTokens,
  };
  const isEmpty = Object.values(own).every((table) => Object.keys(table ?? {}).length === 0);
  return isEmpty ? undefined : own;
}

/** Tables put together; several rows may be about one name. */
function joined<T>(
  tables: readonly (Readonly<Record<string, T | readonly T[]>> | undefined)[],
): Readonly<Record<string, readonly T[]>> {
  const result: Record<string, readonly T[]> = {};
  for (const table of tables)
    for (const [name, row] of Object.entries(table ?? {}))
      result[name] = [...(result[name] ?? []), ...(Array.isArray(row) ? row : [row as T])];
  return result;
}

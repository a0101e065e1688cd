/** Turns a Markdown fixture into cases: `## heading` = one behavior, fenced blocks = the files of a small project.
 *  Info string of a block: `LANGUAGE PATH [fixed | refused]`. Total: what cannot be read becomes a problem. */
import { type Label, labelStyleOf, readLabels } from './labels';

export interface Fixture {
  /** Path of the Markdown file, for messages. */
  readonly path: string;
  readonly cases: readonly FixtureCase[];
  readonly problems: readonly FixtureProblem[];
}

export interface FixtureCase {
  readonly title: string;
  /** 1-based line of the heading in the Markdown file. */
  readonly line: number;
  readonly directives: Directives;
  readonly files: readonly FixtureFile[];
  /** Texts after every offered fix was applied. A path that `files` does not have is created by a fix. */
  readonly fixed: readonly FixtureFile[];
  /** Files no finding of which may be fixed; each line of `text` is part of some refusal's reason. */
  readonly refused: readonly FixtureFile[];
}

/** `<!-- name: value -->` under a heading, or above the first heading for all cases of the file. */
export interface Directives {
  /** Class of every fix offered in the case; `none`: no fix may be offered. */
  readonly fix?: 'safe' | 'review' | 'assist' | 'none';
  /** Only findings of these rules count. */
  readonly only?: readonly string[];
  /** Line ends of all files of the case. */
  readonly eol?: 'lf' | 'crlf';
  /** `broken`: the files of the case are not expected to parse. */
  readonly syntax?: 'broken';
}

export interface FixtureFile {
  readonly path: string;
  /** Without labels; ends with a line end unless empty. */
  readonly text: string;
  readonly labels: readonly PlacedLabel[];
  /** 1-based line in the Markdown file of the text's first line. */
  readonly line: number;
}

export interface PlacedLabel {
  readonly label: Label;
  /** 0-based line in the file. */
  readonly line: number;
}

export interface FixtureProblem {
  /** 1-based line in the Markdown file. */
  readonly line: number;
  readonly message: string;
}

export function parseFixture(path: string, markdown: string): Fixture {
  return new FixtureReader(path, markdown).read();
}

interface OpenCase {
  readonly title: string;
  readonly line: number;
  directives: Directives;
  readonly files: FixtureFile[];
  readonly fixed: FixtureFile[];
  readonly refused: FixtureFile[];
}

const FENCE = /^(`{3,}|~{3,})\s*(.*?)\s*$/;
const DIRECTIVE = /^<!--\s*([a-z]+)\s*:\s*(.*?)\s*-->\s*$/;

class FixtureReader {
  readonly #path: string;
  readonly #lines: readonly string[];
  readonly #problems: FixtureProblem[] = [];
  readonly #cases: OpenCase[] = [];
  #shared: Directives = {};

  constructor(path: string, markdown: string) {
    this.#path = path;
    this.#lines = markdown.split(/\r\n|\n|\r/);
  }

  read(): Fixture {
    for (let index = 0; index < this.#lines.length; ) index = this.#readBlock(index);
    for (const { title, line, files } of this.#cases) {
      if (files.length === 0) this.#problem(line, `the case "${title}" has no files`);
    }
    const titles = this.#cases.map(({ title }) => title);
    for (const [index, { title, line }] of this.#cases.entries()) {
      if (titles.indexOf(title) < index) this.#problem(line, `the heading "${title}" stands twice`);
    }
    return { path: this.#path, cases: this.#cases.map(withLineEnds), problems: this.#problems };
  }

  /** Reads what begins at `index` and gives the index of the line after it. */
  #readBlock(index: number): number {
    const line = this.#lines[index] ?? '';
    const heading = /^##\s+(.+?)\s*$/.exec(line);
    if (heading) {
      const title = heading[1] ?? '';
      this.#cases.push({
        title,
        line: index + 1,
        directives: this.#shared,
        files: [],
        fixed: [],
        refused: [],
      });
      return index + 1;
    }
    const directive = DIRECTIVE.exec(line);
    if (directive) this.#addDirective(index + 1, directive[1] ?? '', directive[2] ?? '');
    const fence = FENCE.exec(line);
    return fence ? this.#readFence(index, fence[1] ?? '', fence[2] ?? '') : index + 1;
  }

  #readFence(start: number, mark: string, info: string): number {
    let end = start + 1;
    while (end < this.#lines.length && !isClosingFence(this.#lines[end] ?? '', mark)) end++;
    if (end === this.#lines.length) this.#problem(start + 1, 'this block is not closed');
    this.#addFile(start + 1, info, this.#lines.slice(start + 1, end));
    return end + 1;
  }

  /** `line` is the 1-based line of the opening fence. */
  #addFile(line: number, info: string, lines: readonly string[]): void {
    const [, path, role, ...more] = info.split(/\s+/);
    const current = this.#cases.at(-1);
    if (current === undefined) {
      this.#problem(line, 'this block stands above the first "## heading"');
    } else if (path === undefined) {
      this.#problem(line, 'a block is written "LANGUAGE PATH [fixed | refused]"');
    } else if (more.length > 0 || (role !== undefined && role !== 'fixed' && role !== 'refused')) {
      this.#problem(line, `"${[role, ...more].join(' ')}" is not a role of a block (fixed, refused)`);
    } else {
      const list = role === undefined ? current.files : current[role];
      if (list.some((file) => file.path === path)) this.#problem(line, `"${info}" stands twice in this case`);
      list.push(this.#toFile(path, line + 1, lines));
    }
  }

  #toFile(path: string, line: number, lines: readonly string[]): FixtureFile {
    return toFixtureFile(path, line, lines, (at, message) => this.#problem(at, message));
  }

  #addDirective(line: number, name: string, value: string): void {
    const directive = toDirective(name, value);
    const current = this.#cases.at(-1);
    if (directive === undefined) this.#problem(line, `unknown directive "${name}: ${value}"`);
    else if (current === undefined) this.#shared = { ...this.#shared, ...directive };
    else current.directives = { ...current.directives, ...directive };
  }

  #problem(line: number, message: string): void {
    this.#problems.push({ line, message });
  }
}

/** Takes the labels off a file's lines; `line` is the 1-based line of the first one, for messages. */
export function toFixtureFile(
  path: string,
  line: number,
  lines: readonly string[],
  report: (line: number, message: string) => void,
): FixtureFile {
  const style = labelStyleOf(path);
  const labels: PlacedLabel[] = [];
  const texts = lines.map((text, index) => {
    const labeled = readLabels(text, style);
    if (labeled.problem !== undefined) report(line + index, labeled.problem);
    for (const label of labeled.labels) labels.push({ label, line: index });
    return labeled.text;
  });
  return { path, text: texts.map((text) => `${text}\n`).join(''), labels, line };
}

function isClosingFence(line: string, mark: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && text === (mark[0] ?? '`').repeat(text.length);
}

function toDirective(name: string, value: string): Directives | undefined {
  if (name === 'fix' && (value === 'safe' || value === 'review' || value === 'assist' || value === 'none')) {
    return { fix: value };
  }
  if (name === 'only' && value !== '') return { only: value.split(/\s*,\s*/) };
  if (name === 'eol' && (value === 'lf' || value === 'crlf')) return { eol: value };
  if (name === 'syntax' && value === 'broken') return { syntax: value };
  return undefined;
}

function withLineEnds(open: OpenCase): FixtureCase {
  if (open.directives.eol !== 'crlf') return open;
  const toCrlf = (file: FixtureFile): FixtureFile => ({ ...file, text: file.text.replaceAll('\n', '\r\n') });
  return { ...open, files: open.files.map(toCrlf), fixed: open.fixed.map(toCrlf) };
}

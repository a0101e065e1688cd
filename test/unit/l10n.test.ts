/** Every text that a person reads is there in English and in Simplified Chinese, and none that nobody reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import {
  CSRF_TEXTS,
  HEADINGS,
  INPUT_TEXTS,
  LOGIN_TEXTS,
  PRACTICE_TITLES,
  REASONS,
  RULES,
} from '../../server/core/index';
import { titleIn } from '../../server/lsp/wording';
import { FINDING_TEXTS, FINDINGS_FILE, PACKED, wordProblem } from '../harness/chinese';
import { spokenInCore } from './coreTexts';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

type Texts = Readonly<Record<string, string>>;

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** Nodes of the parsers' common tree: a kind, and fields that hold nodes. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

interface Spoken {
  readonly place: string;
  readonly text: string;
}

interface Words {
  /** First arguments of `t(…)`. */
  readonly translated: Spoken[];
  /** Literals that look like words for a person and go past `t`. */
  readonly bare: Spoken[];
}

const UI_PROPERTIES = new Set([
  'title',
  'label',
  'placeHolder',
  'prompt',
  'tooltip',
  'detail',
  'description',
  'message',
  'text',
  'name',
  'ariaLabel',
]);
const MESSAGE_CALLS = /^(show(Information|Warning|Error)(Message)?|tellOnce|setError)$/;
/** What goes into the log, and what is thrown at programmers. */
const LOG_CALLS = /^(info|warn|error|debug|trace|guard)$/;
const SENTENCE = /\p{L}\p{Ll}+,? +\p{Ll}+/u;
/** Written far from where they are logged. */
const FOR_THE_LOG = new Set([
  'folder cannot be read ({})',
  'cannot be read ({})',
  'unknown error',
  // Of the build.
  '{} is not in the English text {}',
  '{} reads like another text, which is translated otherwise',
]);

/** Words of the TypeScript files below a folder. */
function wordsIn(folder: string): Words {
  const words: Words = { translated: [], bare: [] };
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    // Entry points of processes speak to terminals and logs.
    .filter((name) => name.endsWith('.ts') && !/^(l10n\/|main\.)/.test(name));
  for (const name of files) {
    const path = `${folder}/${name}`;
    const { code } = transformSync(readFileSync(join(ROOT, path), 'utf8'), {
      loader: 'ts',
      target: 'esnext',
      tsconfigRaw: '{}',
    });
    visit(parseAst(code) as unknown as Node, { path, words, isSpoken: false });
  }
  return words;
}

interface Visit {
  readonly path: string;
  readonly words: Words;
  /** Inside of what is shown to a person. */
  readonly isSpoken: boolean;
}

function visit(node: Node, at: Visit): void {
  const text = literalText(node);
  if (text !== undefined) {
    const isForPeople =
      SENTENCE.test(text) || (at.isSpoken && /\p{Lu}\p{L}/u.test(text.replace(/Moat/g, '')));
    if (isForPeople && !FOR_THE_LOG.has(text) && !/^\w+Error$/.test(text))
      at.words.bare.push({ place: at.path, text });
  }
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return visitCall(node, at);
  if (node.type === 'Property' && isNode(node.value)) {
    const isSpoken = UI_PROPERTIES.has(nameOf(node.key)) && literalText(node.value) !== undefined;
    return visit(node.value, { ...at, isSpoken });
  }
  if (node.type === 'AssignmentExpression' && isNode(node.left) && isNode(node.right)) {
    const isSpoken = UI_PROPERTIES.has(nameOf(node.left)) && literalText(node.right) !== undefined;
    visit(node.left, { ...at, isSpoken: false });
    return visit(node.right, { ...at, isSpoken });
  }
  if (/^(Import|Export(All|Named))Declaration$/.test(node.type) && !isNode(node.declaration)) return;
  for (const child of childrenOf(node)) visit(child, { ...at, isSpoken: false });
}

function visitCall(node: Node, at: Visit): void {
  const callee = nameOf(node.callee);
  const isForProgrammers =
    node.type === 'NewExpression' || (isNode(node.callee) && node.callee.type === 'Super');
  const args = Array.isArray(node.arguments) ? node.arguments.filter(isNode) : [];
  const [first] = args;
  if (isNode(node.callee)) visit(node.callee, { ...at, isSpoken: false });
  if (callee === 't' && first !== undefined) {
    for (const text of textsOf(first)) at.words.translated.push({ place: at.path, text });
    for (const argument of args.slice(1)) visit(argument, { ...at, isSpoken: false });
    return;
  }
  if (LOG_CALLS.test(callee) || isForProgrammers) {
    for (const argument of args)
      if (/Function/.test(argument.type)) visit(argument, { ...at, isSpoken: false });
    return;
  }
  for (const argument of args)
    visit(argument, { ...at, isSpoken: MESSAGE_CALLS.test(callee) && literalText(argument) !== undefined });
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((field) =>
    Array.isArray(field) ? field.filter(isNode) : isNode(field) ? [field] : [],
  );
}

/** A string, or a template with its holes as `{}`. */
function literalText(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return undefined;
  return node.quasis
    .map((quasi: { readonly value: { readonly cooked: string } }) => quasi.value.cooked)
    .join('{}');
}

/** Texts of `a ? 'x' : 'y'` too. A computed one is an error of the test's reader. */
function textsOf(node: Node): string[] {
  if (node.type === 'ConditionalExpression' && isNode(node.consequent) && isNode(node.alternate))
    return [...textsOf(node.consequent), ...textsOf(node.alternate)];
  const text = node.type === 'Literal' ? literalText(node) : undefined;
  return text === undefined ? ['(a computed text cannot be found by translators)'] : [text];
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node.property);
  if (typeof node.name === 'string') return node.name;
  return typeof node.value === 'string' ? node.value : '';
}

function holesOf(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

function codeOf(text: string): string[] {
  return (text.match(/`[^`]+`/g) ?? []).sort();
}

/** What is wrong with a translation, in lines that say what to do. */
function problemsOf(english: Texts, chinese: Texts, file: string): string[] {
  const problems: string[] = [];
  for (const [key, text] of Object.entries(english)) {
    const translation = chinese[key];
    if (translation === undefined) problems.push(`${file}: add ${JSON.stringify(key)} (${text})`);
    else if (holesOf(text).join() !== holesOf(translation).join())
      problems.push(`${file}: ${JSON.stringify(key)} has other placeholders than the English text`);
    else if (codeOf(text).join() !== codeOf(translation).join())
      problems.push(`${file}: ${JSON.stringify(key)} has other \`code\` than the English text`);
    else if (!/\p{sc=Han}/u.test(translation))
      problems.push(`${file}: ${JSON.stringify(key)} is not translated`);
  }
  for (const key of Object.keys(chinese))
    if (english[key] === undefined)
      problems.push(`${file}: remove ${JSON.stringify(key)}, which nothing uses`);
  return problems;
}

describe('texts of package.json', () => {
  const english = readJson('package.nls.json') as Texts;
  const chinese = readJson('package.nls.zh-cn.json') as Texts;

  it('are all in Simplified Chinese', () => {
    expect(problemsOf(english, chinese, 'package.nls.zh-cn.json')).toEqual([]);
  });

  it('are those that it names by key', () => {
    const named = JSON.stringify(readJson('package.json')).match(/(?<=")%[\w.-]+%(?=")/g) ?? [];
    expect([...new Set(named)].sort()).toEqual(
      Object.keys(english)
        .map((key) => `%${key}%`)
        .sort(),
    );
  });

  it('name the same severity for a rule in both languages', () => {
    const words: Texts = { error: '错误', warning: '警告', information: '信息', hint: '提示' };
    for (const [key, text] of Object.entries(english)) {
      const severity = /\((\w+) by default\)/.exec(text)?.[1];
      if (severity !== undefined) expect(chinese[key], key).toContain(`默认为${words[severity]}`);
    }
  });
});

describe('words of client and server', () => {
  const words = [wordsIn('client'), wordsIn('server/lsp')];

  it('are all in Simplified Chinese', () => {
    const file = 'l10n/bundle.l10n.zh-cn.json';
    const chinese = readJson(file) as Texts;
    const spoken = words.flatMap(({ translated }) => translated.map(({ text }) => text));
    const views = viewTexts();
    const english = Object.fromEntries([...spoken, ...views].map((text) => [text, text]));
    expect(problemsOf(english, chinese, file)).toEqual([]);
  });

  it('go through the bundle', () => {
    expect(words.flatMap(({ bare }) => bare)).toEqual([]);
  });
});

function viewTexts(): readonly string[] {
  return [PRACTICE_TITLES, REASONS, LOGIN_TEXTS, CSRF_TEXTS, INPUT_TEXTS, HEADINGS]
    .flatMap((table): string[] => Object.values(table).flat())
    .filter((text) => text !== '' && !/^[A-Z]+$/.test(text));
}

describe('words of the engine', () => {
  it('have translations that fit', () => {
    expect(PACKED.problems).toEqual([]);
    const own = Object.fromEntries(Object.keys(FINDING_TEXTS).map((text) => [text, text]));
    expect(problemsOf(own, FINDING_TEXTS, FINDINGS_FILE)).toEqual([]);
  });

  it('are all in Simplified Chinese, also those that no fixture brings up', () => {
    const titles = new Set(RULES.map(({ title }) => title));
    const missing = spokenInCore().flatMap(({ place, text }) => {
      const problem = titles.has(text) ? undefined : wordProblem(text);
      return problem === undefined ? [] : [`${place}: ${problem}`];
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  it.each(RULES)('name the rule $id', (rule) => {
    const title = titleIn(readJson('package.nls.zh-cn.json') as Texts, rule);
    expect(title).toMatch(/\p{sc=Han}/u);
    expect(title).not.toMatch(/默认为|。/);
    expect(codeOf(title)).toEqual(codeOf(rule.title));
  });

  it('are said by the engine', () => {
    const idle = Object.keys(FINDING_TEXTS).filter((text) => !isInCore(text));
    expect(idle.map((text) => `${FINDINGS_FILE}: remove ${JSON.stringify(text)}`)).toEqual([]);
  });
});

/** Every piece of the text around its values stands in one file. */
function isInCore(text: string): boolean {
  const pieces = text.split(/\{\d\}|`/).map((piece) => piece.trim());
  return SOURCES.some((source) => pieces.every((piece) => source.includes(piece.replaceAll('\\', '\\\\'))));
}

const SOURCES = ['server/core', 'server/host'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8').replace(/\\([`'])/g, '$1')),
);

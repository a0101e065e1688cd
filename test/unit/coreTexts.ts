/** What the engine may say, read from its sources: also what no fixture makes it say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { parseAst } from 'vitest/node';

const CORE = join(import.meta.dirname, '..', '..', 'server', 'core');

/** Fields, tables and functions whose texts reach a person. */
const SPOKEN = new Set(
  `message callMessage headerMessage MESSAGE subject reason wholeReason mixedReason REASONS effect EFFECTS LOST label
  holds OWN_ADDRESS HOST EXCEPTION_LABEL WHOLE title TITLE TITLE_WITH_KEY refuse refused report fail stepped flow step fixOf
  checkFix fixed hint cut mustBe from`.split(/\s+/),
);
/** Whoever is handed a text there writes code, a log line or a message for programmers. */
const UNSPOKEN =
  /^(doc|sanitizers|lines|line|split|words|Set|Error|RangeError|error|insert|insertLine|insertedLines|before|replace|noteAbove|includes|test|some|only|key|ESCAPED|QUOTED|NUMBER|SIGNED|DECLARED)$/;
const WORDS = /\p{L}\p{Ll}+,? +(?:`?\{\}`? )?\p{L}\p{Ll}+|\p{Ll}\p{Ll}+ /u;
/** What goes into the user's code, and pieces that other texts name whole. */
const CODE = new Set([
  'An internal error occurred',
  '{} is not set: put it into the environment or .env',
  '{} if {} and {}({}) else {}',
  '{} Did you mean `{}`?',
  'not ',
  ' and ',
  'made safe',
  'Fix all safe findings in this file',
  'Fix all `{}` in this file',
]);
const FOLDERS =
  /^(config|edits|flow|knowledge|rules|service(?!\/(?:checklistTexts|practices|surfaceTexts))|syntax\/toml)\//;

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface SpokenText {
  readonly place: string;
  /** With some value in each hole. */
  readonly text: string;
}

export function spokenInCore(): readonly SpokenText[] {
  const found: SpokenText[] = [];
  for (const name of readdirSync(CORE, { recursive: true, encoding: 'utf8' })) {
    const path = name.replaceAll('\\', '/');
    if (!path.endsWith('.ts') || !FOLDERS.test(path)) continue;
    const source = readFileSync(join(CORE, path), 'utf8');
    const { code } = transformSync(source, { loader: 'ts', target: 'esnext', tsconfigRaw: '{}' });
    collect(parseAst(code) as unknown as Node, [], (text) => found.push({ place: path, text }));
  }
  return found;
}

/** A hint may follow the last sentence, or nothing. */
function filled(text: string): string {
  return text
    .trim()
    .replace(/(?<=\.)\{\}$/, '')
    .replaceAll('{}', 'X');
}

/** `around` are the names of what a node lies in, from outside. */
function collect(node: Node, around: readonly string[], found: (text: string) => void): void {
  if (/^(Import|ExportAll)/.test(node.type)) return;
  const text = textOf(node);
  if (text !== undefined && WORDS.test(text) && !CODE.has(text) && isSpoken(around)) found(filled(text));
  const name = nameAround(node);
  const inner = name === undefined ? around : [...around, name];
  for (const field of Object.values(node)) {
    if (Array.isArray(field)) for (const child of field.filter(isNode)) collect(child, inner, found);
    else if (isNode(field)) collect(field, inner, found);
  }
}

function isSpoken(around: readonly string[]): boolean {
  return !around.some((name) => UNSPOKEN.test(name)) && around.slice(-3).some((name) => SPOKEN.has(name));
}

function nameAround(node: Node): string | undefined {
  switch (node.type) {
    case 'Property':
      return nameOf(node.key);
    case 'CallExpression':
    case 'NewExpression':
      return nameOf(node.callee);
    case 'VariableDeclarator':
    case 'FunctionDeclaration':
      return nameOf(node.id);
    default:
      return undefined;
  }
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node.property);
  if (typeof node.name === 'string') return node.name;
  return typeof node.value === 'string' ? node.value : '';
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return undefined;
  return node.quasis
    .map((quasi: { readonly value: { readonly cooked: string } }) => quasi.value.cooked)
    .join('{}');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

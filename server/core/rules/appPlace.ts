/** Where something can be added to an app: behind the statement that makes it and those that set it up. */
import { indentationAt, inStyleOf, isFirstOnLine, lineEndOf, nextLineAt } from '../edits/pythonText';
import { bodiesOf } from '../model/unitFacts';
import type { Body, Call, Expression, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import type { Located } from './unitNodes';

export interface AppPlace {
  /** How the code there names the app: `app`, `self.app`. */
  readonly app: string;
  /** Absolute offset of the line behind the creation, and of the one behind its set-up. */
  readonly afterCreation: number;
  readonly afterSetUp: number;
  readonly indentation: string;
  readonly isInFunction: boolean;
  /** The last `extension.init_app(app)` of the set-up. */
  readonly lastInit?: { readonly call: Call; readonly end: number };
}

/** Undefined when the app has no name where it is made, or shares its line with other code. */
export function appPlace(context: FileContext, { node, site }: Located<Call>): AppPlace | undefined {
  const { text, module } = context;
  const units = module?.units ?? [];
  const own = units.find(({ tree }) => tree === site.tree);
  if (own === undefined) return undefined;
  const isInFunction = site.owners.length > 0;
  const rows = isInFunction
    ? bodyAround(own.tree.body, node).map((statement) => ({ statement, base: own.base }))
    : units.flatMap(({ tree, base }) => tree.body.map((statement) => ({ statement, base })));
  const index = rows.findIndex(({ statement, base }) => base === own.base && isAround(statement, node));
  const made = rows[index];
  const target = made && targetOf(made.statement, node);
  if (made === undefined || target === undefined) return undefined;
  const app = text.slice(own.base + target.start, own.base + target.end);
  const start = made.base + made.statement.start;
  if (!isFirstOnLine(text, start)) return undefined;
  const behind = (row: typeof made) => behindLine(text, row.base + row.statement.end);
  const afterCreation = behind(made);
  if (afterCreation === undefined) return undefined;
  let last = made;
  let lastInit: AppPlace['lastInit'];
  for (const row of rows.slice(index + 1)) {
    const { statement } = row;
    const isImport = statement.kind === 'Import' || statement.kind === 'ImportFrom';
    if (isImport && isInFunction) continue;
    if (!isSetUp(statement, app, text, row.base)) break;
    last = row;
    const call = initCall(statement);
    if (call !== undefined) lastInit = { call, end: behind(row) ?? afterCreation };
  }
  return {
    app,
    afterCreation,
    afterSetUp: behind(last) ?? afterCreation,
    indentation: indentationAt(text, start),
    isInFunction,
    ...(lastInit === undefined ? {} : { lastInit }),
  };
}

/** Lines to insert at an offset that begins a line; closes the line before when the text ends without a line break. */
export function insertedLines(text: string, offset: number, indentation: string, lines: readonly string[]) {
  const end = lineEndOf(text);
  const isOpen = offset > 0 && !/[\r\n]/.test(text[offset - 1] as string);
  const body = inStyleOf(text, lines)
    .map((line) => (line === '' ? '' : indentation + line))
    .join(end);
  return { range: { start: offset, end: offset }, newText: isOpen ? end + body : body + end };
}

function behindLine(text: string, end: number): number | undefined {
  const next = nextLineAt(text, end);
  const rest = text.slice(end, next).trim();
  return rest === '' || rest.startsWith('#') ? next : undefined;
}

/** The statements among which the one stands that holds `node`, innermost. */
function bodyAround(body: Body, node: Call): Body {
  for (const statement of body) {
    if (!isAround(statement, node)) continue;
    for (const inner of bodiesOf(statement))
      if (inner.some((one) => isAround(one, node))) return bodyAround(inner, node);
  }
  return body;
}

function isAround(statement: Statement, node: Call): boolean {
  return statement.start <= node.start && node.end <= statement.end;
}

function targetOf(statement: Statement, node: Call): Expression | undefined {
  const target =
    statement.kind === 'Assign' && statement.value === node
      ? statement.targets[0]
      : statement.kind === 'AnnotatedAssign' && statement.value === node
        ? statement.target
        : undefined;
  return target?.kind === 'Name' || target?.kind === 'Attribute' ? target : undefined;
}

/** A plain statement that mentions the app and does more than define what comes later. */
function isSetUp(statement: Statement, app: string, text: string, base: number): boolean {
  if (statement.kind === 'Import' || statement.kind === 'ImportFrom') return false;
  const isPlain = statement.kind === 'Assign' || statement.kind === 'Expression';
  const mentions = walk([statement]).some(
    (node) =>
      (node.kind === 'Name' || node.kind === 'Attribute') &&
      text.slice(base + node.start, base + node.end) === app,
  );
  return isPlain && mentions && !isRun(statement);
}

function isRun(statement: Statement): boolean {
  return (
    statement.kind === 'Expression' &&
    statement.value.kind === 'Call' &&
    statement.value.func.kind === 'Attribute' &&
    statement.value.func.attr.id === 'run'
  );
}

function initCall(statement: Statement): Call | undefined {
  if (statement.kind !== 'Expression' || statement.value.kind !== 'Call') return undefined;
  const { func } = statement.value;
  return func.kind === 'Attribute' && func.attr.id === 'init_app' ? statement.value : undefined;
}

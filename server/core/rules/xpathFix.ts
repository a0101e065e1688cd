/** The fix of an XPath expression: quoted values leave the text and become variables of lxml's `xpath()`. */
import { EditList } from '../edits/editList';
import { type Hole, readFormatted } from '../edits/formatted';
import { answer, refuse } from '../edits/outcome';
import { skipTrivia } from '../edits/pythonText';
import type { Atom } from '../edits/stringAtoms';
import type { SinkHit } from '../flow/machine';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

export function fixXpath(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const result = answer(() => {
    if (!hit.callee.endsWith('.xpath')) refuse('this method knows no variables');
    if (hit.argument.kind !== 'String') refuse('the expression is not written in the call as one text');
    return { kind: 'edits' as const, edits: variablesFor(context, hit) };
  });
  if (result.kind === 'refused')
    return [{ kind: 'refused', reason: `no fix is written, because ${result.reason}` }];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Pass the value as an XPath variable', safety: 'review', edits } }];
}

function variablesFor(context: FileContext, hit: SinkHit) {
  const { text } = context;
  const base = context.baseOf(hit.site.tree);
  const atoms = readFormatted(text, [{ node: hit.argument, base }]).flatMap((operand) => operand.atoms);
  const taken = new Set(hit.call.args.flatMap(({ name }) => (name ? [name.id] : [])));
  const edits = new EditList();
  const passed: string[] = [];
  for (const [index, atom] of atoms.entries()) {
    if (atom.kind !== 'hole') continue;
    const [before, after] = [atoms[index - 1], atoms[index + 1]];
    if (!isQuote(before) || !isQuote(after) || before.value !== after.value)
      refuse('a value does not stand alone inside quotes');
    const name = variableName(atom, taken);
    edits.replace(before.start, after.end, `$${name}`);
    passed.push(`${name}=${atom.source}`);
  }
  if (passed.length === 0) refuse('the expression has no values in it');
  for (const literal of new Set(atoms.flatMap(({ literal: one }) => (one ? [one] : [])))) {
    if (literal.quote.length > 1 || atoms.some((atom) => isBrace(atom))) refuse('the text has braces in it');
    edits.replace(literal.start, literal.start + literal.prefix.length, literal.prefix.replace(/f/i, ''));
  }
  const close = base + hit.call.argsRange.end - 1;
  const last = base + (hit.call.args.at(-1)?.end ?? 0);
  const hasComma = text[skipTrivia(text, last)] === ',';
  edits.insert(hasComma ? close : last, `${hasComma ? ' ' : ', '}${passed.join(', ')}`);
  return edits.finish(text);
}

function isQuote(atom: Atom | undefined): atom is Exclude<Atom, Hole> {
  return atom?.kind === 'char' && (atom.value === "'" || atom.value === '"');
}

function isBrace(atom: Atom): boolean {
  return atom.kind === 'char' && (atom.value === '{' || atom.value === '}');
}

function variableName(hole: Hole, taken: Set<string>): string {
  if (hole.expression === undefined || hole.spec !== '' || !['', 's'].includes(hole.conversion))
    refuse('a value is formatted in a special way');
  const name = hole.expression.kind === 'Name' ? hole.expression.id : 'value';
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) candidate = `${name}${number}`;
  taken.add(candidate);
  return candidate;
}

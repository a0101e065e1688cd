/** The fix of an XPath expression: quoted values leave the text and become variables of lxml's `xpath()`. */
import { EditList } from '../edits/editList';
import { buildsText, type Hole, readFormatted } from '../edits/formatted';
import { answer, refuse } from '../edits/outcome';
import { argumentEnd, needsParentheses } from '../edits/pythonText';
import type { Atom } from '../edits/stringAtoms';
import { rewriteText } from '../edits/textRewrite';
import type { SinkHit } from '../flow/machine';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { textParts } from './textParts';

export function fixXpath(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const result = answer(() => {
    if (!hit.callee.endsWith('.xpath')) refuse('this method knows no variables');
    return { kind: 'edits' as const, edits: variablesFor(context, hit) };
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Pass the value as an XPath variable', safety: 'review', edits } }];
}

function variablesFor(context: FileContext, hit: SinkHit) {
  const { text } = context;
  const parts = textParts(context, hit.site, hit.argument, hit.call);
  if ('reason' in parts) return refuse(parts.reason);
  if (!parts.some(({ node }) => buildsText(node))) refuse('the expression is made somewhere else');
  const operands = readFormatted(text, parts);
  const atoms = operands.flatMap((operand) => operand.atoms);
  const taken = new Set(hit.call.args.flatMap(({ name }) => (name ? [name.id] : [])));
  const emitted = new Map<Atom, string>();
  const dropped = new Set<Atom>();
  const passed: string[] = [];
  for (const [index, atom] of atoms.entries()) {
    if (atom.kind !== 'hole') continue;
    const [before, after] = [atoms[index - 1], atoms[index + 1]];
    if (!isQuote(before) || !isQuote(after) || before.value !== after.value)
      refuse('a value does not stand alone inside quotes');
    const name = variableName(atom, taken);
    emitted.set(atom, `$${name}`);
    dropped.add(before).add(after);
    passed.push(`${name}=${valueOf(atom)}`);
  }
  if (passed.length === 0) refuse('the expression has no values in it');
  const edits = new EditList();
  const mapCharacter = (value: string) => value;
  rewriteText(text, operands, { emitted, dropped, mapCharacter, keepsArguments: false }, edits);
  const base = context.baseOf(hit.site.tree);
  const argument = hit.call.args.at(-1);
  if (argument === undefined) return refuse('the expression is made somewhere else');
  edits.insert(argumentEnd(text, hit.call, base, argument), `, ${passed.join(', ')}`);
  return edits.finish(text);
}

function valueOf({ expression, source }: Hole): string {
  return expression !== undefined && needsParentheses(expression, 'element') ? `(${source})` : source;
}

function isQuote(atom: Atom | undefined): atom is Exclude<Atom, Hole> {
  return atom?.kind === 'char' && (atom.value === "'" || atom.value === '"');
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

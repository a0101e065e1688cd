/** Takes values out of a template's source and hands them over beside it:
 *  `render(f"<b>{x}</b>")` → `render("<b>{{ x }}</b>", x=x)`. */
import type { TextEdit } from '../base/textEdit';
import { parseTemplate } from '../syntax/jinja/parse';
import type { Call, Expression } from '../syntax/python/ast';
import { setKeyword } from './callArguments';
import { EditList } from './editList';
import { type Hole, readFormatted, type TextPart } from './formatted';
import { answer, type Located, type Refusal, refuse } from './outcome';
import { nameFor } from './parameterValue';
import { sourceFor } from './pythonText';
import type { Atom } from './stringAtoms';
import { rewriteText } from './textRewrite';

export interface TemplateContextRequest {
  readonly text: string;
  /** The call that takes the template and, by keyword, its values. */
  readonly call: Located<Call>;
  /** What the template's source is put together from. */
  readonly parts: readonly TextPart[];
}

export interface TemplateContextEdits {
  readonly kind: 'edits';
  readonly edits: readonly TextEdit[];
  readonly nValues: number;
}

/** Names that mean something in every template of Flask, and words of Jinja. */
const RESERVED =
  /^(?:source|request|session|g|config|url_for|get_flashed_messages|self|loop|if|for|in|is|and|or|not|else|true|false|none)$/;

export function moveToContext(request: TemplateContextRequest): TemplateContextEdits | Refusal {
  return answer(() => move(request));
}

function move({ text, call, parts }: TemplateContextRequest): TemplateContextEdits {
  if (call.node.args.some(({ star }) => star !== '')) refuse('the call unpacks its arguments');
  const operands = readFormatted(text, parts);
  const names = new Map<string, string>();
  const values: { readonly name: string; readonly source: string }[] = [];
  const emitted = new Map<Atom, string>();
  let before = '';
  for (const atom of operands.flatMap((operand) => operand.atoms)) {
    if (atom.kind === 'char') {
      before += atom.value;
      continue;
    }
    const expression = movable(atom, before);
    const source = sourceFor(text, expression, atom.base, 'element');
    let name = names.get(source);
    if (name === undefined) {
      name = freeName(nameFor(expression, source), call.node, values);
      names.set(source, name);
      values.push({ name, source });
    }
    emitted.set(atom, `{{ ${name} }}`);
    before += '\uFFFC';
  }
  if (values.length === 0) refuse('the text is made somewhere else');
  if (!/[^\uFFFC]/.test(before)) refuse('the visitor writes the whole template');
  const edits = new EditList();
  const atoms = operands.flatMap((operand) => operand.atoms);
  const plan = {
    emitted,
    dropped: writeForScripts(atoms, emitted),
    mapCharacter: (value: string) => value,
    keepsArguments: false,
  };
  rewriteText(text, operands, plan, edits);
  for (const { name, source } of values) setKeyword(text, call, name, source, edits);
  return { kind: 'edits', edits: edits.finish(text), nValues: values.length };
}

/** In a script a value is written as JSON; the quotes right round it are gone then, which this gives. */
function writeForScripts(atoms: readonly Atom[], emitted: Map<Atom, string>): Set<Atom> {
  const dropped = new Set<Atom>();
  const starts = new Map<number, number>();
  let page = '';
  atoms.forEach((atom, index) => {
    starts.set(page.length, index);
    page += atom.kind === 'char' ? atom.value : (emitted.get(atom) ?? '');
  });
  for (const { start, context } of parseTemplate(page).outputs) {
    const index = starts.get(start);
    const atom = index === undefined ? undefined : atoms[index];
    if (index === undefined || atom?.kind !== 'hole') continue;
    const place = context.kind === 'attribute' && context.role === 'eventHandler' ? 'handler' : context.kind;
    if ((place !== 'script' && place !== 'handler') || !('stringQuote' in context)) continue;
    const filters = place === 'script' ? '|tojson' : '|tojson|forceescape';
    emitted.set(atom, (emitted.get(atom) ?? '').replace(' }}', `${filters} }}`));
    if (context.stringQuote === '') continue;
    const around = [atoms[index - 1], atoms[index + 1]];
    for (const quote of around) {
      if (quote?.kind !== 'char' || quote.value !== context.stringQuote)
        return refuse('the value stands inside a text of JavaScript');
      dropped.add(quote);
    }
  }
  return dropped;
}

function movable(hole: Hole, before: string): Expression {
  if (hole.expression === undefined) refuse('a value is a part of what is formatted');
  if (hole.spec !== '' || (hole.conversion !== '' && hole.conversion !== 's'))
    refuse('a value is formatted in a special way');
  const isInside = before.lastIndexOf('{{') > before.lastIndexOf('}}');
  const isInTag = before.lastIndexOf('{%') > before.lastIndexOf('%}');
  if (isInside || isInTag) refuse('the value stands inside a Jinja tag');
  return hole.expression;
}

function freeName(wanted: string, call: Call, values: readonly { readonly name: string }[]): string {
  const isTaken = (name: string) =>
    RESERVED.test(name) ||
    call.args.some((argument) => argument.name?.id === name) ||
    values.some((value) => value.name === name);
  let name = wanted;
  for (let n = 2; isTaken(name); n++) name = `${wanted}_${n}`;
  return name;
}

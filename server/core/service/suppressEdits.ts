/** Writes the comment that switches one finding off. Where it may stand is tried, from the nicest place on: each try is
 *  read again, and counts only if the finding is switched off by it and the code is as sound as before. */
import type { Range } from '../base/range';
import { applyEdits, type TextEdit } from '../base/textEdit';
import { lineEndOf } from '../edits/pythonText';
import { parseTemplate } from '../syntax/jinja/parse';
import { editPython } from '../syntax/python/incremental';
import { applySuppressions, type Commented, type FileSuppressions, statementRange } from './suppress';

export interface SuppressTarget {
  readonly file: Commented;
  readonly range: Range;
  readonly ruleId: string;
  readonly read: (file: Commented) => FileSuppressions | undefined;
}

export interface SuppressEdit {
  readonly edit: TextEdit;
  /** Offset in `newText` where a reason is to be typed; undefined where there is one already. */
  readonly reasonAt?: number;
}

export type SuppressScope = 'line' | 'file';

/** Undefined where no comment works. */
export function suppressEdit(target: SuppressTarget, scope: SuppressScope): SuppressEdit | undefined {
  const tries = scope === 'line' ? lineTries(target) : fileTries(target);
  for (const one of tries) if (works(target, one.edit)) return one;
  return undefined;
}

function* lineTries(target: SuppressTarget): Generator<SuppressEdit> {
  const { file, range, ruleId } = target;
  const { text } = file;
  yield* extended(target, 'line');
  const statement = statementRange(file, range);
  const comment = commentOf(file, `ignore[${ruleId}]`);
  const ends = new Set([lineEnd(text, range.end), lineEnd(text, range.start), lineEnd(text, statement.end)]);
  for (const end of ends) {
    const start = text.slice(0, end).trimEnd().length;
    const gap = file.template === undefined ? '  ' : ' ';
    // Nothing is put behind the blank that a backslash needs.
    if (start >= text.lastIndexOf('\n', end - 1) + 1)
      yield {
        edit: { range: { start, end }, newText: gap + comment.text },
        reasonAt: gap.length + comment.reasonAt,
      };
  }
  const line = text.lastIndexOf('\n', statement.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
  yield {
    edit: { range: { start: line, end: line }, newText: indent + comment.text + lineEndOf(text) },
    reasonAt: indent.length + comment.reasonAt,
  };
}

function* fileTries(target: SuppressTarget): Generator<SuppressEdit> {
  const { file, ruleId } = target;
  yield* extended(target, 'file');
  const { text } = file;
  // A shebang and the encoding must stand first. @see PEP 263
  const at = /^(?:#!.*\r?\n)?(?:#.*coding[=:].*\r?\n)?/.exec(text)?.[0].length ?? 0;
  const comment = commentOf(file, `ignore-file[${ruleId}]`, true);
  const edit = { range: { start: at, end: at }, newText: comment.text + lineEndOf(text) };
  yield { edit, reasonAt: comment.reasonAt };
}

/** A comment that is there already and names rules takes one more. */
function* extended(
  { file, range, ruleId, read }: SuppressTarget,
  scope: SuppressScope,
): Generator<SuppressEdit> {
  const known = read(file);
  if (known === undefined) return;
  const { suppressions, lines } = known;
  const span = statementRange(file, range);
  const place = { first: lines.lineOf(span.start), last: lines.lineOf(span.end) };
  for (const one of suppressions.all) {
    const last = one.rules?.at(-1);
    const isHere = last !== undefined && suppressions.matching(last.id, place).includes(one);
    if (last === undefined || one.scope !== scope || !isHere) continue;
    const at = last.range.end;
    yield { edit: { range: { start: at, end: at }, newText: `, ${ruleId}` } };
  }
}

/** In a template the mark at the end takes the line break along, so that pages stay as they are. */
function commentOf(
  { template }: Commented,
  words: string,
  isWholeFile = false,
): { readonly text: string; readonly reasonAt: number } {
  if (template === undefined) return { text: `# moat: ${words} `, reasonAt: `# moat: ${words} `.length };
  const start = `{# moat: ${words} `;
  return { text: `${start}${isWholeFile ? '-#}' : '#}'}`, reasonAt: start.length };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' && end - 1 >= offset ? end - 1 : end;
}

function works({ file, range, ruleId, read }: SuppressTarget, edit: TextEdit): boolean {
  const after = afterEdit(file, edit);
  if (after === undefined) return false;
  const delta = edit.newText.length - (edit.range.end - edit.range.start);
  const moved =
    edit.range.end <= range.start ? { start: range.start + delta, end: range.end + delta } : range;
  const finding = { ruleId, range: moved, message: '', confidence: 'high', path: [] } as const;
  return applySuppressions(after, read(after), [finding], () => false).findings.length === 0;
}

/** The file with the edit, if it is as sound as before. */
function afterEdit({ module, template, text }: Commented, edit: TextEdit): Commented | undefined {
  const newText = applyEdits(text, [edit]);
  if (module !== undefined) {
    const edited = editPython(module, newText);
    return edited.problems.length > module.problems.length ? undefined : { module: edited, text: newText };
  }
  if (template === undefined) return undefined;
  const edited = parseTemplate(newText);
  return edited.problems.length > template.problems.length ? undefined : { template: edited, text: newText };
}

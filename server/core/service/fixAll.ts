/** Many fixes as one, in rounds: of each round those are taken that stay out of each other's way, and the others are
 *  made anew on the text that these left, since two may touch the same import or the same `.env`. What comes out is one
 *  set of edits to the texts as they are now. */
import type { FilePath } from '../base/filePath';
import { PieceTable } from '../base/pieceTable';
import type { Range } from '../base/range';
import { applyEdits } from '../base/textEdit';
import type { FileEdit, Fix } from '../rules/rule';
import type { Module } from '../syntax/python/ast';

/** The analyzer, as seen by the combination: it may write as it likes, all is put back at the end. */
export interface Workbench {
  textOf(file: FilePath): string | undefined;
  /** Fixes on offer for the present text, one for each finding. */
  next(): readonly Offer[];
  write(file: FilePath, text: string): void;
  remove(file: FilePath): void;
  save(file: FilePath): Module | undefined;
  restore(file: FilePath, module: Module): void;
}

export interface Offer {
  readonly key: string;
  readonly ruleId: string;
  readonly fix: Fix;
}

/** Findings of one file that are mended at a time. Making a fix can take as long as the file is long. */
export const MAX_FIXES = 500;

interface Saved {
  readonly text: string | undefined;
  readonly module: Module | undefined;
  readonly table: PieceTable;
}

export function combineFixes(title: string, bench: Workbench): Fix | undefined {
  const saved = new Map<FilePath, Saved>();
  const tried = new Set<string>();
  let safety: Fix['safety'] = 'safe';
  let offers = bench.next();
  for (let nFixes = 0; nFixes < MAX_FIXES; ) {
    const round = compatible(offers.filter(({ key }) => !tried.has(key)).slice(0, MAX_FIXES - nFixes));
    if (round.length === 0) break;
    nFixes += round.length;
    for (const { key } of round) tried.add(key);
    if (round.some(({ fix }) => fix.safety !== 'safe')) safety = 'review';
    for (const edit of joined(round)) applyTo(edit, saved, bench);
    const left = bench.next();
    // Of equal lines the next one has this key now.
    if (left.length < offers.length) for (const { key } of round) tried.delete(key);
    offers = left;
  }
  const edits = [...saved].map(
    ([at, { text, table }]): FileEdit => ({ file: at, isNew: text === undefined, edits: table.edits() }),
  );
  for (const [at, { text, module }] of saved) {
    if (module !== undefined) bench.restore(at, module);
    else if (text !== undefined) bench.write(at, text);
    else bench.remove(at);
  }
  const changed = edits.filter((edit) => edit.edits.length > 0 || edit.isNew);
  return changed.length === 0 ? undefined : { title, safety, edits: changed };
}

/** The first offer, and all of its rule whose edits neither touch nor meet in a file that is not this one's own. */
function compatible(offers: readonly Offer[]): readonly Offer[] {
  const [first] = offers;
  if (first === undefined || first.fix.edits.length !== 1 || first.fix.edits[0]?.isNew)
    return offers.slice(0, 1);
  const own = first.fix.edits[0]?.file;
  const taken: Range[] = [];
  return offers.filter(({ ruleId, fix }) => {
    const [edit, ...others] = fix.edits;
    if (ruleId !== first.ruleId || edit?.file !== own || edit?.isNew || others.length > 0) return false;
    const ranges = (edit?.edits ?? []).map(({ range }) => range);
    if (ranges.some((range) => taken.some((other) => range.start <= other.end && other.start <= range.end)))
      return false;
    taken.push(...ranges);
    return true;
  });
}

/** One edit per file. */
function joined(round: readonly Offer[]): readonly FileEdit[] {
  const [first] = round;
  if (first === undefined || round.length === 1) return first?.fix.edits ?? [];
  const edits = round.flatMap(({ fix }) => fix.edits.flatMap((edit) => edit.edits));
  return first.fix.edits.map(({ file, isNew }) => ({ file, isNew, edits }));
}

function applyTo(edit: FileEdit, saved: Map<FilePath, Saved>, bench: Workbench): void {
  const text = bench.textOf(edit.file);
  let entry = saved.get(edit.file);
  if (entry === undefined) {
    entry = { text, module: bench.save(edit.file), table: new PieceTable(text ?? '') };
    saved.set(edit.file, entry);
  }
  entry.table.apply(edit.edits);
  bench.write(edit.file, applyEdits(text ?? '', edit.edits));
}

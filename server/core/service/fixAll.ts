/** Many fixes as one: each is made on the text that the ones before left, since two may touch the same import or
 *  the same `.env`; what comes out is one set of edits to the texts as they are now. */
import type { FilePath } from '../base/filePath';
import { PieceTable } from '../base/pieceTable';
import { applyEdits } from '../base/textEdit';
import type { FileEdit, Fix } from '../rules/rule';
import type { Module } from '../syntax/python/ast';

/** The analyzer, as seen by the combination: it may write as it likes, all is put back at the end. */
export interface Workbench {
  textOf(file: FilePath): string | undefined;
  /** Fixes on offer for the present text, one for each finding. */
  next(): readonly { readonly key: string; readonly fix: Fix }[];
  write(file: FilePath, text: string): void;
  remove(file: FilePath): void;
  save(file: FilePath): Module | undefined;
  restore(file: FilePath, module: Module): void;
}

/** More findings than this in one file are mended in several rounds. */
const MAX_FIXES = 500;

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
  for (let i = 0; i < MAX_FIXES; i++) {
    const offer = offers.find(({ key }) => !tried.has(key));
    if (offer === undefined) break;
    tried.add(offer.key);
    if (offer.fix.safety !== 'safe') safety = 'review';
    for (const edit of offer.fix.edits) applyTo(edit, saved, bench);
    const left = bench.next();
    // Of equal lines the next one has this key now.
    if (left.length < offers.length) tried.delete(offer.key);
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

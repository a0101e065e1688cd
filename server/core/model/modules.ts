/** Which file a dotted module name means, and which dotted name a file has. */
import { dirname, type FilePath, joinPath } from '../base/filePath';
import { isStandardLibrary } from '../syntax/python/stdlib';

/** Finds project modules by dotted name. Source roots are not configured: `shop.db` is any `…/shop/db.py` or
 *  `…/shop/db/__init__.py`; among several, the one that shares most folders with the importing file. */
export class ModuleIndex {
  /** Last part of the module name → files. */
  readonly #byTail = new Map<string, Set<FilePath>>();

  add(file: FilePath): void {
    const tail = tailOf(file);
    if (tail === undefined) return;
    const known = this.#byTail.get(tail);
    if (known === undefined) this.#byTail.set(tail, new Set([file]));
    else known.add(file);
  }

  remove(file: FilePath): void {
    const tail = tailOf(file);
    if (tail !== undefined) this.#byTail.get(tail)?.delete(file);
  }

  /** `level` counts leading dots; 0 is an absolute import. */
  find(from: FilePath, module: string, level: number): FilePath | undefined {
    const parts = module === '' ? [] : module.split('.');
    if (level > 0) return this.#findRelative(from, parts, level);
    const tail = parts.at(-1);
    if (tail === undefined) return undefined;
    const suffixes = [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`];
    let best: FilePath | undefined;
    let bestScore = -1;
    for (const file of this.#byTail.get(tail) ?? []) {
      const suffix = suffixes.find((end) => file === end || file.endsWith(`/${end}`));
      if (suffix === undefined) continue;
      const root = file.slice(0, file.length - suffix.length);
      // Inside a package only dotted names reach it: `import json` does not mean `shop/util/json.py`.
      if (root !== '' && (this.#has(`${root}__init__.py`) || isStandardLibrary(parts[0] as string))) continue;
      const score =
        (from.startsWith(root) ? 1000 + root.length : 0) + (suffix.endsWith('__init__.py') ? 1 : 0);
      if (score > bestScore || (score === bestScore && best !== undefined && file < best)) {
        best = file;
        bestScore = score;
      }
    }
    return best;
  }

  #findRelative(from: FilePath, parts: readonly string[], level: number): FilePath | undefined {
    let folder = dirname(from);
    for (let up = 1; up < level; up++) folder = dirname(folder);
    const base = joinPath(folder, ...parts);
    if (base === undefined) return undefined;
    const inFolder = base === '' ? '__init__.py' : `${base}/__init__.py`;
    return [`${base}.py`, inFolder].find((file) => this.#has(file));
  }

  #has(file: FilePath): boolean {
    const tail = tailOf(file);
    return tail !== undefined && this.#byTail.get(tail)?.has(file) === true;
  }
}

/** `shop/db.py` → `db`, `shop/db/__init__.py` → `db`. */
function tailOf(file: FilePath): string | undefined {
  if (!file.endsWith('.py')) return undefined;
  const parts = file.slice(0, -3).split('/');
  const last = parts.at(-1);
  return last === '__init__' ? (parts.at(-2) ?? '__init__') : last;
}

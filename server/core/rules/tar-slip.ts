/** An archive is unpacked wherever it says. */
import type { MisuseHit } from '../flow/machine';
import { enclosingFunction } from '../model/scope';
import { unitFacts } from '../model/unitFacts';
import type { Expression, Statement } from '../syntax/python/ast';
import { walk, walkStatements } from '../syntax/python/walk';
import { fixOf, setArgument } from './argumentFix';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'tar-slip',
  title: 'Archive unpacked without a filter',
  kind: 'archive',
  severity: 'error',
  fixSafety: 'safe',
  doc: {
    happens:
      'A tar archive may hold names such as `../../home/app/app.py`, absolute paths, and links to other places. Unpacked ' +
      'as it is, it writes over the code of the app or any other file that the app may write.',
    vulnerable: {
      'app.py': `
import tarfile


def unpack(upload, folder):
    with tarfile.open(fileobj=upload) as archive:
        archive.extractall(folder)
`,
    },
    safe: {
      'app.py': `
import tarfile


def unpack(upload, folder):
    with tarfile.open(fileobj=upload) as archive:
        archive.extractall(folder, filter="data")
`,
    },
    why:
      'The filter `data` refuses names that lead out of the folder, links that do, and devices. It is there since ' +
      'Python 3.12 and in the security releases of 3.8 to 3.11; Python 3.14 uses it by default.',
    limits: 'A function that goes through the members itself, and refuses some, is left alone.',
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      {
        title: 'Python: tarfile, extraction filters',
        url: 'https://docs.python.org/3/library/tarfile.html#extraction-filters',
      },
    ],
  },
  message: () => 'This archive is unpacked wherever its entries say, also outside of the folder.',
  accepts: (hit, context) => !isLookedThrough(hit) && !hasOwnFilter(context),
  fix: (context, hit) =>
    fixOf(context, { title: 'Unpack with `filter="data"`', safety: 'safe' }, (edits) =>
      setArgument(context, hit, { name: 'filter' }, '"data"', edits),
    ),
});

/** The function goes through the members and turns away from some of them. */
function isLookedThrough({ site }: MisuseHit): boolean {
  return walkStatements(enclosingFunction(site)?.body ?? []).some(
    (node) => node.kind === 'For' && isOverMembers(node.iter) && walk(node.body).some(isRefusal),
  );
}

function isOverMembers(node: Expression): boolean {
  return walk(node).some(
    (part) =>
      (part.kind === 'Attribute' && /^get(?:members|names)$/.test(part.attr.id)) ||
      (part.kind === 'Name' && /tar|archive|member/i.test(part.id)),
  );
}

function isRefusal(node: { readonly kind: string }): boolean {
  return (['Raise', 'Return', 'Continue'] satisfies Statement['kind'][] as string[]).includes(node.kind);
}

/** `tarfile.TarFile.extraction_filter = …` in the file says it for all archives. */
function hasOwnFilter(context: FileContext): boolean {
  return (context.module?.units ?? []).some(({ tree }) => {
    const { writes, selfWrites } = unitFacts(tree);
    return [...writes, ...selfWrites].some(
      ({ node: { target } }) => target.kind === 'Attribute' && target.attr.id === 'extraction_filter',
    );
  });
}

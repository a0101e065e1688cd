/** A suppression comment without anything to switch off. What is found is told by the comments that were used, after
 *  all other rules have run; here is what it means, and how to take it away. */
import type { Range } from '../base/range';
import type { FileContext } from './context';
import type { RawFinding, Rule } from './rule';

export const rule = {
  id: 'unused-suppression',
  title: 'Suppression comment without a finding',
  kind: 'upkeep',
  severity: 'hint',
  fixSafety: 'safe',
  doc: {
    happens:
      'The comment switches a finding off that is not there, perhaps no longer. It would hide the next one in the same ' +
      'place.',
    vulnerable: { 'app.py': 'DEBUG = False  # moat: ignore[sql-injection] checked by hand\n' },
    safe: { 'app.py': 'DEBUG = False\n' },
    why: 'Only findings that are there are switched off.',
    limits:
      'A rule that is switched off in the configuration may be named: nobody knows what it would have found. Comments ' +
      'of other tools are never reported.',
    references: [
      { title: 'CWE-1116: Inaccurate Comments', url: 'https://cwe.mitre.org/data/definitions/1116.html' },
    ],
  },
  fix(context, finding) {
    const edit = { range: removed(context, finding), newText: '' };
    const isWhole = !/^[\w-]+$/.test(textAt(context, finding.range));
    const title = isWhole
      ? 'Remove the suppression'
      : `Remove \`${textAt(context, finding.range)}\` from the suppression`;
    const edits = [{ file: context.file, isNew: false, edits: [edit] }];
    return [{ kind: 'fix', fix: { title, safety: 'safe', edits } }];
  },
} satisfies Rule;

function textAt({ text }: FileContext, { start, end }: Range): string {
  return text.slice(start, end);
}

/** What goes with the finding: the blanks in front, the comma beside an id, the line of a comment that is alone. */
function removed({ text }: FileContext, { range }: RawFinding): Range {
  let { start, end } = range;
  if (/^[\w-]+$/.test(text.slice(start, end))) {
    const after = /^\s*,[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    if (after > 0) return { start, end: end + after };
    while (start > 0 && /[\s,]/.test(text.charAt(start - 1))) start--;
    return { start, end };
  }
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const isAlone = start === 0 || text.charAt(start - 1) === '\n';
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end))?.[0];
  return isAlone && rest !== undefined ? { start, end: end + rest.length } : { start, end };
}

/** Characters that make code look different from what it does. */
import { EditList } from '../edits/editList';
import type { FileContext } from './context';
import type { RawFinding, Rule } from './rule';

export const rule = {
  id: 'trojan-source',
  title: 'Hidden control character',
  kind: 'hiddenCharacters',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'Unicode has invisible characters that turn the direction of text. In code they make a reviewer see a comment where ' +
      'Python sees a statement, or the other way round.',
    vulnerable: {
      'app.py': `
def pay(user, amount):
    access = "user\u202e \u2066# admins only\u2069 \u2066"
    return access, user, amount
`,
    },
    safe: {
      'app.py': `
def pay(user, amount):
    access = "user"  # admins only
    return access, user, amount
`,
    },
    why: 'Without them code reads as it runs. Text for people, in Arabic or Hebrew, needs none: its letters bring their direction.',
    limits:
      'Where such a character is really meant, in a test of text handling, write it as an escape: `"\\\\u202e"`.',
    references: [
      {
        title: 'CWE-838: Inappropriate Encoding for Output Context',
        url: 'https://cwe.mitre.org/data/definitions/838.html',
      },
      { title: 'Trojan Source', url: 'https://trojansource.codes/' },
    ],
  },
  check: findHidden,
  fix(context, finding) {
    const edits = new EditList();
    edits.remove(finding.range.start, finding.range.end);
    const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
    return [{ kind: 'fix', fix: { title: 'Remove the hidden characters', safety: 'safe', edits: all } }];
  },
} satisfies Rule;

/** Embeddings, overrides and isolates. @see https://www.unicode.org/reports/tr9/ */
const HIDDEN = /[\u202a-\u202e\u2066-\u2069]+/g;

function* findHidden({ text, module, template }: FileContext): Generator<RawFinding> {
  if (module === undefined && template === undefined) return;
  for (const { 0: found, index } of text.matchAll(HIDDEN))
    yield {
      range: { start: index, end: index + found.length },
      message: 'A hidden character here turns the direction of text, so the code does not read as it runs.',
      confidence: 'high',
      path: [],
    };
}

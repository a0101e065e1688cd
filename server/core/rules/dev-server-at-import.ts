/** The development server starts as soon as the file is imported. */
import { EditList } from '../edits/editList';
import { indentUnitOf, isFirstOnLine, lineEndOf, preferredQuote } from '../edits/pythonText';
import type { Call, UnitTree } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, Rule } from './rule';
import { callAt } from './unitNodes';

export const rule = {
  id: 'dev-server-at-import',
  title: 'Server started by an import',
  kind: 'publicBinding',
  severity: 'information',
  fixSafety: 'safe',
  doc: {
    happens:
      'Whatever imports this file, a production server, a test, a command, starts Flask’s development server and waits ' +
      'for it to end. Visitors are then served by a server that was made for one developer.',
    vulnerable: {
      'app.py': `
from flask import Flask

app = Flask(__name__)
app.run()
`,
    },
    safe: {
      'app.py': `
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run()
`,
    },
    why: 'Now the server starts only when the file itself is run, as in `python app.py`.',
    limits: 'A file that is only ever run, such as `run.py`, works without it. Tests are left alone.',
    references: [
      {
        title: 'CWE-668: Exposure of Resource to Wrong Sphere',
        url: 'https://cwe.mitre.org/data/definitions/668.html',
      },
      { title: 'Flask: development server', url: 'https://flask.palletsprojects.com/en/stable/server/' },
    ],
  },
  *checkUnit(unit) {
    const call = unit.isTest ? undefined : runCall(unit.tree);
    if (call === undefined || call.func.kind !== 'Attribute') return;
    const isApp = unit
      .resolve(call.func, [])
      .some((ref) => ref.kind === 'external' && ref.name === 'flask.Flask.run');
    if (isApp)
      yield {
        range: call.func,
        message: 'Importing this file starts the development server.',
        confidence: 'high',
      };
  },
  fix(context, { range }) {
    const found = callAt(context, range);
    return found === undefined ? [] : fixRun(context, found.node, context.baseOf(found.site.tree));
  },
} satisfies Rule;

/** A statement of the module's own that is nothing but `app.run(…)`. */
function runCall({ body }: UnitTree): Call | undefined {
  const [statement] = body;
  if (body.length !== 1 || statement?.kind !== 'Expression' || statement.value.kind !== 'Call')
    return undefined;
  const { func } = statement.value;
  return func.kind === 'Attribute' && func.attr.id === 'run' ? statement.value : undefined;
}

function fixRun(context: FileContext, call: Call, base: number): readonly FixOutcome[] {
  const { text } = context;
  const start = base + call.start;
  const hasLines = walkExpressions(call).some(
    (node) => node.kind === 'String' && node.tokens.some(({ quote }) => quote.length === 3),
  );
  if (!isFirstOnLine(text, start) || hasLines) return [refused('the lines cannot be indented')];
  const quote = preferredQuote(text);
  const unit = indentUnitOf(text);
  const edits = new EditList();
  edits.insert(start, `if __name__ == ${quote}__main__${quote}:${lineEndOf(text)}${unit}`);
  for (const { index } of text.slice(start, base + call.end).matchAll(/(?<=\n|\r(?!\n))(?=[^\r\n])/g))
    edits.insert(start + index, unit);
  const all = [{ file: context.file, isNew: false, edits: edits.finish(text) }];
  return [
    { kind: 'fix', fix: { title: 'Start the server only when the file is run', safety: 'safe', edits: all } },
  ];
}

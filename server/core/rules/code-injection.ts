/** Request data that is run as Python. */

import { ensureImport } from '../edits/addImport';
import { argumentEnd } from '../edits/pythonText';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Argument, Expression } from '../syntax/python/ast';
import { textOfString } from '../syntax/python/literals';
import { flowRule } from './flowRule';
import { refused } from './refused';
import { assignedOnce } from './textParts';
import { hasLiteral } from './wrapFix';

export const rule = flowRule({
  id: 'code-injection',
  title: 'Code injection',
  kind: 'code',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      '`eval` and `exec` run whatever the text says. A visitor who sends ' +
      "`__import__('os').system('id')` instead of a number runs their own program on your server. Taking away " +
      '`__builtins__` does not help: there are many ways to get them back.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.get("/point")
def point():
    x, y = eval(request.args["point"])
    return {"x": x, "y": y}
`,
    },
    safe: {
      'app.py': `
import ast

from flask import Flask, request

app = Flask(__name__)


@app.get("/point")
def point():
    x, y = ast.literal_eval(request.args["point"])
    return {"x": x, "y": y}
`,
    },
    why:
      '`ast.literal_eval` reads numbers, texts, lists and dicts as Python writes them, and nothing else: it calls no ' +
      'function and looks up no name. For a choice between functions use a dict: `OPERATIONS[request.args["op"]]`.',
    limits:
      'A very long or deeply nested text can still make `ast.literal_eval` run out of memory, so limit its length. For ' +
      'formulas such as `2 * x` it is no replacement; use a parser made for formulas. What is typed at the command line ' +
      'is a warning, a value of unknown origin a hint.',
    references: [
      { title: 'CWE-95: Eval Injection', url: 'https://cwe.mitre.org/data/definitions/95.html' },
      {
        title: 'Python: ast.literal_eval',
        url: 'https://docs.python.org/3/library/ast.html#ast.literal_eval',
      },
    ],
  },
  suspicion: () => 'What runs as code here comes from where Moat cannot see.',
  message: (label) => `This code depends on \`${label}\`, which a visitor controls.`,
  fix(context, hit) {
    const [argument] = hit.call.args;
    if (hit.callee !== 'builtins.eval')
      return [refused('what runs here cannot be replaced by a harmless call')];
    const [, scope, ...more] = hit.call.args;
    const isAlone = scope === undefined || (more.length === 0 && isEmptyScope(scope.value));
    if (argument === undefined || !isAlone || argument.star !== '' || argument.name)
      return [refused('the code uses variables of yours')];
    if (hasLiteral(hit)) return [refused('the code is more than the value that goes into it')];
    if (context.module === undefined) return [];
    const base = context.baseOf(hit.site.tree);
    const literal = ensureImport(context.module, { module: 'ast' }, { usedAt: base + hit.call.start });
    if (literal.kind === 'refused') return [refused(literal.reason)];
    const range = context.rangeOf(hit.site.tree, hit.call.func);
    const endOf = (given: Argument) => argumentEnd(context.text, hit.call, base, given);
    const end = endOf(argument);
    const edits = [
      ...literal.edits,
      { range, newText: `${literal.localName}.literal_eval` },
      // `eval` takes bytes, `literal_eval` does not.
      ...(isBytes(context.project, argument.value, hit.site)
        ? [{ range: { start: end, end }, newText: '.decode()' }]
        : []),
      // What was to keep the names out has no place in a call that reads none.
      ...(scope === undefined ? [] : [{ range: { start: end, end: endOf(scope) }, newText: '' }]),
    ];
    const title = 'Read literals only, with `ast.literal_eval`';
    return [
      { kind: 'fix', fix: { title, safety: 'review', edits: [{ file: context.file, isNew: false, edits }] } },
    ];
  },
});

/** `{}` and `{"__builtins__": …}`: no names of the developer's are in it. */
function isEmptyScope(node: Expression): boolean {
  return (
    node.kind === 'Dict' &&
    node.entries.every(({ key }) => key?.kind === 'String' && textOfString(key) === '__builtins__')
  );
}

/** The body of a request, the content of a file, what base64 stood for. */
function isBytes(project: Project, node: Expression, site: Site): boolean {
  const value = assignedOnce(node, site);
  const isText = value.kind === 'Call' && value.args.some(({ name }) => name?.id === 'as_text');
  const names = project.resolver
    .resolve(value, site)
    .flatMap((ref) => (ref.kind === 'external' || ref.kind === 'instance' ? [ref.name] : []));
  return !isText && names.some((name) => BYTES.test(name));
}

const BYTES =
  /^(?:flask\.request\.(?:data|get_data\(\))$|base64\.\w+decode\(\)$|flask\.request\.files\b.*\.read\(\)$)/;

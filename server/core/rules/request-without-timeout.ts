/** An outgoing request that may never end. */
import { setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import type { MisuseHit } from '../flow/machine';
import { type Owners, unitFacts } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { misuseRule } from './misuseRule';
import type { FixOutcome } from './rule';

export const rule = misuseRule({
  id: 'request-without-timeout',
  title: 'Request without a timeout',
  kind: 'timeout',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'While the other server does not answer, this worker waits, and by default it waits forever. A few dozen visitors ' +
      'at the wrong moment, or one who makes the other server slow, and no worker is left for anybody.',
    vulnerable: {
      'app.py': `
import requests
from flask import Flask

app = Flask(__name__)


@app.get("/weather")
def weather():
    return requests.get("https://weather.example.com/today").json()
`,
    },
    safe: {
      'app.py': `
import requests
from flask import Flask

app = Flask(__name__)


@app.get("/weather")
def weather():
    return requests.get("https://weather.example.com/today", timeout=10).json()
`,
    },
    why:
      'After ten seconds without an answer an exception is raised, and the worker is free again. Catch ' +
      '`requests.Timeout` to show something friendlier than an error page.',
    limits:
      'A session with an adapter of the project’s own, or whose `request` is replaced or overridden, is taken to set one. ' +
      'Tests are left alone.',
    references: [
      {
        title: 'CWE-400: Uncontrolled Resource Consumption',
        url: 'https://cwe.mitre.org/data/definitions/400.html',
      },
      {
        title: 'Requests: timeouts',
        url: 'https://requests.readthedocs.io/en/latest/user/advanced/#timeouts',
      },
    ],
  },
  accepts: (hit, context) => !setsOwnTimeout(hit, context),
  message: () => 'This request has no timeout, so a slow server can hold this worker forever.',
  fix(context, { call, site }): readonly FixOutcome[] {
    if (call === undefined) return [];
    const edits = new EditList();
    setKeyword(context.text, { node: call, base: context.baseOf(site.tree) }, 'timeout', '10', edits);
    const edit = { file: context.file, isNew: false, edits: edits.finish(context.text) };
    return [{ kind: 'fix', fix: { title: 'Wait for ten seconds at most', safety: 'safe', edits: [edit] } }];
  },
});

/** `session.mount("https://", TimeoutAdapter())`, `session.request = partial(session.request, timeout=10)`, a session
 *  class with a `request` of its own. */
function setsOwnTimeout({ call, site }: MisuseHit, { project }: FileContext): boolean {
  if (call?.func.kind !== 'Attribute') return false;
  const session = call.func.value;
  const isOverridden = project.resolver
    .resolve(session, site)
    .some(
      (ref) =>
        ref.kind === 'object' &&
        ['request', 'send'].some((method) => project.resolver.declared(ref.class, method).length > 0),
    );
  const name = lastName(session);
  if (isOverridden || name === undefined) return isOverridden;
  const files = new Set([site.file, project.homeOf(site, name) ?? site.file]);
  return [...files].some((file) =>
    (project.module(file)?.units ?? []).some(({ tree }) => {
      const { calls, writes, selfWrites } = unitFacts(tree);
      const isOwn = (node: Expression, owners: Owners) =>
        node.kind === 'Call' &&
        project.resolver.resolve(node.func, { file, tree, owners }).some(({ kind }) => kind === 'class');
      return (
        calls.some(
          ({ node: { func, args }, owners }) =>
            func.kind === 'Attribute' &&
            func.attr.id === 'mount' &&
            lastName(func.value) === name &&
            args.some(({ value }) => isOwn(value, owners)),
        ) ||
        [...writes, ...selfWrites].some(
          ({ node: { target } }) =>
            target.kind === 'Attribute' && target.attr.id === 'request' && lastName(target.value) === name,
        )
      );
    }),
  );
}

function lastName(node: Expression): string | undefined {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : undefined;
}

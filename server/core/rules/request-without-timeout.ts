/** An outgoing request that may never end. */
import { setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
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
      'A timeout that a session or an adapter of your own sets is not seen: say so in a comment. Tests are left alone.',
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
  message: () => 'This request has no timeout, so a slow server can hold this worker forever.',
  fix(context, { call, site }): readonly FixOutcome[] {
    if (call === undefined) return [];
    const edits = new EditList();
    setKeyword(context.text, { node: call, base: context.baseOf(site.tree) }, 'timeout', '10', edits);
    const edit = { file: context.file, isNew: false, edits: edits.finish(context.text) };
    return [{ kind: 'fix', fix: { title: 'Wait for ten seconds at most', safety: 'safe', edits: [edit] } }];
  },
});

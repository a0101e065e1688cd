/** Uploads may be of any size. */

import { preferredQuote } from '../edits/pythonText';
import type { AppFacts } from '../model/appFacts';
import { addLines } from './appFix';
import { appRule, type Lack } from './appRule';

export const rule = appRule({
  id: 'max-content-length-missing',
  title: 'Uploads of any size',
  kind: 'bodySize',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'Without a limit a visitor can send a file of any size. It fills the disk or the memory of your server, ' +
      'and a few such requests at once are enough to stop it.',
    vulnerable: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)


@app.post("/photo")
def photo():
    return {"size": len(request.files["photo"].read())}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024


@app.post("/photo")
def photo():
    return {"size": len(request.files["photo"].read())}
`,
    },
    why: 'Flask refuses a larger request with `413 Request Entity Too Large` before it reads it.',
    limits:
      'It is reported once, where the app is made, and only when a view takes files. A limit in front of the ' +
      'app, such as `client_max_body_size` of nginx, cannot be seen.',
    references: [
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
      {
        title: 'Flask: MAX_CONTENT_LENGTH',
        url: 'https://flask.palletsprojects.com/en/stable/config/#MAX_CONTENT_LENGTH',
      },
    ],
  },
  toLack,
  fix: (context, app) =>
    addLines(context, app, {
      title: 'Refuse requests of more than 16 MB',
      safety: 'review',
      at: 'creation',
      lines: ({ app: name }) => {
        const quote = preferredQuote(context.text);
        return [`${name}.config[${quote}MAX_CONTENT_LENGTH${quote}] = 16 * 1024 * 1024`];
      },
    }),
});

function toLack({ config, traits }: AppFacts): Lack | undefined {
  if (!traits.has('upload') || traits.has('unknownConfig')) return undefined;
  if (config.some(({ key }) => key === 'MAX_CONTENT_LENGTH')) return undefined;
  return { message: 'This app takes files of any size, because `MAX_CONTENT_LENGTH` is not set.' };
}

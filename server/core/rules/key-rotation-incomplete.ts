/** The project keeps its last key, and does not accept what that one has signed. */

import { preferredQuote } from '../edits/pythonText';
import type { AppFacts } from '../model/appFacts';
import { addLines } from './appFix';
import { appRule, type Lack } from './appRule';

export const rule = appRule({
  id: 'key-rotation-incomplete',
  title: 'Old key that is kept and not used',
  kind: 'keyRotation',
  severity: 'hint',
  fixSafety: 'review',
  doc: {
    happens:
      'Changing the key now and then limits what a stolen one is good for. But whoever is logged in holds a cookie that the old key ' +
      'has signed: when it is not accepted for a while, everybody is logged out at once, and the next rotation is put off.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["OLD_SECRET_KEY"] = os.environ.get("OLD_SECRET_KEY")
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SECRET_KEY_FALLBACKS"] = [os.environ["OLD_SECRET_KEY"]]
`,
    },
    why:
      'Flask 3.1 signs with `SECRET_KEY` and accepts `SECRET_KEY_FALLBACKS` as well. itsdangerous takes a list of keys, oldest ' +
      'first. Drop the old key when the sessions that it signed are over.',
    limits: 'An old key is told by its name. Before Flask 3.1 the setting does nothing.',
    references: [
      {
        title: 'CWE-324: Use of a Key Past its Expiration Date',
        url: 'https://cwe.mitre.org/data/definitions/324.html',
      },
      {
        title: 'Flask: SECRET_KEY_FALLBACKS',
        url: 'https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY_FALLBACKS',
      },
    ],
  },
  toLack,
  fix: (context, app, facts) =>
    addLines(context, app, {
      title: 'Accept what the old key has signed',
      safety: 'review',
      at: 'setUp',
      lines: ({ app: name }) => {
        const quote = preferredQuote(context.text);
        const old = `${name}.config.get(${quote}${oldKey(facts) ?? ''}${quote})`;
        return [`${name}.config[${quote}SECRET_KEY_FALLBACKS${quote}] = [${old}] if ${old} else []`];
      },
    }),
});

const OLD =
  /^(?:(?:OLD|PREVIOUS|PREV|LAST|RETIRED|FORMER)_(?:FLASK_|APP_)?SECRET(?:_KEY)?|SECRET_KEY_(?:OLD|PREVIOUS|PREV|LAST|RETIRED))$/;

function oldKey({ config }: AppFacts): string | undefined {
  return config.find(({ key, stage }) => OLD.test(key) && (stage === 'any' || stage === 'production'))?.key;
}

function toLack(facts: AppFacts): Lack | undefined {
  const key = oldKey(facts);
  const isRotated = facts.config.some((entry) => entry.key === 'SECRET_KEY_FALLBACKS');
  if (key === undefined || isRotated || facts.traits.has('ownRotation') || facts.traits.has('unknownConfig'))
    return undefined;
  return { message: `\`${key}\` is kept, but sessions that it has signed are not accepted.` };
}

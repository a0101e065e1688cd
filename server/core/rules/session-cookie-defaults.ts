/** The session cookie is left at Flask’s defaults. */
import type { AppFacts } from '../model/appFacts';
import { addLines } from './appFix';
import { appRule, type Lack } from './appRule';

export const rule = appRule({
  id: 'session-cookie-defaults',
  title: 'Session cookie left at its defaults',
  kind: 'cookieSecure',
  severity: 'information',
  fixSafety: 'review',
  doc: {
    happens:
      'Flask keeps the session cookie from scripts, but sends it over plain HTTP as well, and does not say what ' +
      'browsers shall do with requests that other sites start. On an open network one request over HTTP is ' +
      'enough for somebody else to be logged in as your visitor.',
    vulnerable: {
      'app.py': `
import os

from flask import Flask, session

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


@app.get("/theme/<name>")
def theme(name):
    session["theme"] = name
    return {"ok": True}
`,
    },
    safe: {
      'app.py': `
import os

from flask import Flask, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"],
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",
)


@app.get("/theme/<name>")
def theme(name):
    session["theme"] = name
    return {"ok": True}
`,
    },
    why:
      '`Secure` keeps the cookie to HTTPS, and with `SameSite=Lax` it does not come along when other sites send ' +
      'forms to yours.',
    limits:
      'It is reported once, where the app is made, and only when the app keeps something in the session or logs ' +
      'people in. Settings that come from outside, such as `from_envvar` or `from_prefixed_env`, may hold the ' +
      'flags: then nothing is said. Flask-Talisman sets them.',
    references: [
      {
        title: 'CWE-614: Sensitive Cookie in HTTPS Session Without Secure Attribute',
        url: 'https://cwe.mitre.org/data/definitions/614.html',
      },
      {
        title: 'Flask: set-cookie options',
        url: 'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
      },
    ],
  },
  toLack,
  fix: (context, app, facts) =>
    addLines(context, app, {
      title: 'Set the flags of the session cookie',
      safety: 'review',
      at: 'creation',
      lines: ({ app: name }) => {
        const missing = missingKeys(facts);
        return [
          `${name}.config.update(`,
          ...KEYS.flatMap(([key, value]) => (missing.includes(key) ? [`    ${key}=${value},`] : [])),
          ')',
        ];
      },
    }),
});

const KEYS = [
  ['SESSION_COOKIE_SECURE', 'True'],
  ['SESSION_COOKIE_SAMESITE', '"Lax"'],
] as const;

function missingKeys({ config }: AppFacts): readonly string[] {
  return KEYS.map(([key]) => key).filter(
    (key) =>
      !config.some((entry) => entry.key === key && (entry.stage === 'any' || entry.stage === 'production')),
  );
}

function toLack(facts: AppFacts): Lack | undefined {
  const { capabilities, traits } = facts;
  if (!traits.has('session') && !traits.has('login')) return undefined;
  if (capabilities.has('cookies') || traits.has('unknownConfig') || traits.has('unknownSetup'))
    return undefined;
  const missing = missingKeys(facts);
  const [first, second] = missing;
  if (first === undefined) return undefined;
  return {
    message:
      second === undefined
        ? `The session cookie of this app is left at its defaults: \`${first}\` is not set.`
        : `The session cookie of this app is left at its defaults: \`${first}\` and \`${second}\` are not set.`,
  };
}

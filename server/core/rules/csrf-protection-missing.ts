/** Nothing in the app checks CSRF tokens. */
import type { AppFacts } from '../model/appFacts';
import { appRule, type Lack } from './appRule';
import { fixCsrfSetUp } from './csrfSetUpFix';

export const rule = appRule({
  id: 'csrf-protection-missing',
  title: 'App without CSRF protection',
  kind: 'csrf',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A page of somebody else can hold a hidden form that is sent to your app as soon as one of your users ' +
      'opens that page. Their browser adds the session cookie, so your app believes that they wanted it: their ' +
      'address is changed, their order placed, their account deleted.',
    vulnerable: {
      'app.py': `
from flask import Flask, redirect, request, session

app = Flask(__name__)


@app.post("/email")
def change_email():
    session["email"] = request.form.get("email", "")
    return redirect("/")
`,
    },
    safe: {
      'app.py': `
from flask import Flask, redirect, request, session
from flask_wtf.csrf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)


@app.post("/email")
def change_email():
    session["email"] = request.form.get("email", "")
    return redirect("/")
`,
    },
    why:
      '`CSRFProtect` asks for a token in every request that changes something. The token belongs to the session ' +
      'and other sites cannot read it.',
    limits:
      'It is reported once, where the app is made; all files that belong to the app are looked at. Apps that ' +
      'know their callers by a token in a header need none, nor do views whose only forms are those of Flask-' +
      'WTF. After the fix every form needs its token: `jinja-form-missing-csrf-token` shows which.',
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      {
        title: 'Flask-WTF: CSRF protection',
        url: 'https://flask-wtf.readthedocs.io/en/latest/csrf/',
      },
    ],
  },
  toLack,
  fix: fixCsrfSetUp,
});

function toLack({ capabilities, traits, idle }: AppFacts): Lack | undefined {
  if (capabilities.has('csrf') || traits.has('ownCsrf') || traits.has('unknownSetup')) return undefined;
  const hasCookie = traits.has('session') || traits.has('login');
  const isOpen = traits.has('openChange') || traits.has('openForm');
  if (!isOpen || (traits.has('token') && !hasCookie)) return undefined;
  const subject = [...idle].some((name) => /csrf/i.test(name))
    ? '`CSRFProtect` is made but never bound to this app'
    : 'Nothing in this app checks CSRF tokens';
  return {
    message: `${subject}, so other sites can send its forms in the name of your users.`,
    ...(hasCookie ? {} : { severity: 'information' }),
  };
}

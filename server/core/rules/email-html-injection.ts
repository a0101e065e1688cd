/** Request data in the HTML of an e-mail. Mail clients run no scripts, so this is a warning. */
import { escapeForHtml, escapeWritten } from './escapeFix';
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'email-html-injection',
  title: 'Unescaped text in an HTML e-mail',
  kind: 'html',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'A visitor’s text becomes part of a mail that your server sends in your name. With HTML in it they add a link to a ' +
      'false login page or hide the rest of the text: a forged mail that passes every check.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from flask_mail import Mail, Message

app = Flask(__name__)
mail = Mail(app)


@app.post("/invite")
def invite():
    name = request.form["name"]
    mail.send(Message("Invitation", ["team@example.com"], html=f"<p>{name} invites you.</p>"))
    return "", 204
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from flask_mail import Mail, Message
from markupsafe import escape

app = Flask(__name__)
mail = Mail(app)


@app.post("/invite")
def invite():
    name = request.form["name"]
    mail.send(Message("Invitation", ["team@example.com"], html=f"<p>{escape(name)} invites you.</p>"))
    return "", 204
`,
    },
    why: '`escape` turns `<` into `&lt;` and so on: the mail shows the characters. `render_template` does so by itself.',
    limits: 'The plain text of a mail (`body`) needs no escaping and is not reported.',
    references: [
      { title: 'CWE-79: Cross-site scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'Flask-Mail: Message',
        url: 'https://flask-mail.readthedocs.io/en/latest/#flask_mail.Message',
      },
      { title: 'MarkupSafe: escape', url: 'https://markupsafe.palletsprojects.com/en/stable/escaping/' },
    ],
  },
  only: 'becomes HTML of an e-mail',
  message: (label) => `This HTML e-mail depends on \`${label}\`, which a visitor controls.`,
  fixesCallers: true,
  fix: (context, hit) => escapeForHtml(context, hit, 'safe'),
  fixWrite: (context, hit) => escapeWritten(context, hit, 'safe'),
});

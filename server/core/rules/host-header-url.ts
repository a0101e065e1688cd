/** A mail has a link to the host that the request named. */
import type { Taint } from '../flow/values';
import { flowRule } from './flowRule';
import { sourceOf } from './sourceOf';

export const rule = flowRule({
  id: 'host-header-url',
  title: 'Link to a host that the request names',
  kind: 'trust',
  about: 'hostHeader',
  severity: 'warning',
  doc: {
    happens:
      'Whoever asks for a new password in your name may send any `Host` header along. The link in your mail then leads to ' +
      'their server, and the click hands them the token.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from flask_mail import Mail, Message

app = Flask(__name__)
mail = Mail(app)


@app.post("/forgot")
def forgot():
    link = request.host_url + "reset/" + new_token(request.form["email"])
    mail.send(Message("New password", [request.form["email"]], body="Go to " + link))
    return "", 204


def new_token(address):
    ...
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from flask_mail import Mail, Message

app = Flask(__name__)
app.config["PUBLIC_URL"] = "https://shop.example/"
mail = Mail(app)


@app.post("/forgot")
def forgot():
    link = app.config["PUBLIC_URL"] + "reset/" + new_token(request.form["email"])
    mail.send(Message("New password", [request.form["email"]], body="Go to " + link))
    return "", 204


def new_token(address):
    ...
`,
    },
    why: 'The address comes from your settings and not from the request. Flask 3.1 can also refuse hosts: `TRUSTED_HOSTS`.',
    limits:
      '`url_for(…, _external=True)` takes the host of the request as well, unless the server in front of your app lets only your ' +
      'own names through; it is not reported.',
    references: [
      {
        title: 'CWE-644: Improper Neutralization of HTTP Headers',
        url: 'https://cwe.mitre.org/data/definitions/644.html',
      },
      {
        title: 'Flask: TRUSTED_HOSTS',
        url: 'https://flask.palletsprojects.com/en/stable/config/#TRUSTED_HOSTS',
      },
    ],
  },
  only: 'becomes the text of an e-mail',
  counts: isHost,
  message: (label) => `This mail may lead to a foreign server, because it depends on \`${label}\`.`,
});

function isHost(taint: Taint): boolean {
  return sourceOf(taint) === 'the Host header';
}

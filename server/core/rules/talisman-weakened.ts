/** Flask-Talisman is told to leave something out. */

import type { MisuseHit } from '../flow/machine';
import { isBehindDevelopmentSwitch } from '../model/developmentCode';
import { dropArgument, fixOf } from './argumentFix';
import { misuseRule } from './misuseRule';
import type { FixSafety } from './rule';

export const rule = misuseRule({
  id: 'talisman-weakened',
  title: 'Talisman with protection switched off',
  kind: 'talisman',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'Flask-Talisman sends visitors to HTTPS and sets the headers by which their browsers protect the pages. An' +
      ' option that is switched off takes one of these walls down for the whole app: `force_https=False` lets ' +
      'passwords and cookies travel readable, without a content security policy a script that somebody got onto ' +
      'a page may do everything.',
    vulnerable: {
      'app.py': `
from flask import Flask
from flask_talisman import Talisman

app = Flask(__name__)
Talisman(app, force_https=False)
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from flask_talisman import Talisman

app = Flask(__name__)
Talisman(app, content_security_policy={"default-src": "'self'", "img-src": "*"})
`,
    },
    why: 'The defaults are the safe ones: say what the pages need instead of switching a protection off.',
    limits:
      'Behind a test for development, and in tests, options are left alone. A value that is only known when the ' +
      'app runs is not reported.',
    references: [
      {
        title: 'CWE-693: Protection Mechanism Failure',
        url: 'https://cwe.mitre.org/data/definitions/693.html',
      },
      {
        title: 'Flask-Talisman: options',
        url: 'https://github.com/wntrblm/flask-talisman#options',
      },
    ],
  },
  accepts: ({ site, place }) => !isBehindDevelopmentSwitch(site, place),
  message: (hit) =>
    `Talisman is told to leave out a protection: ${LOST[optionOf(hit)] ?? 'a header is missing'}.`,
  fix: (context, hit) =>
    fixOf(context, { title: `Drop \`${optionOf(hit)}\``, safety: safetyOf(hit) }, (edits) =>
      dropArgument(context, hit, { name: optionOf(hit) }, edits),
    ),
});

/** Pages that scripts, frames or plain HTTP were meant for look different afterwards. */
function safetyOf(hit: MisuseHit): FixSafety {
  return /^(?:force_https|content_security_policy|frame_options)$/.test(optionOf(hit)) ? 'review' : 'safe';
}

/** What goes without each option. */
const LOST: Readonly<Record<string, string>> = {
  force_https: 'plain HTTP stays plain',
  strict_transport_security: 'browsers come back over plain HTTP',
  content_security_policy: 'scripts from anywhere may run in the pages',
  frame_options: 'other sites may show the pages in frames',
  session_cookie_secure: 'the session cookie is also sent over plain HTTP',
  session_cookie_http_only: 'scripts can read the session cookie',
  x_content_type_options: 'browsers may take a text for a script',
};

function optionOf({ call, place }: MisuseHit): string {
  return call?.args.find(({ value }) => value === place)?.name?.id ?? '';
}

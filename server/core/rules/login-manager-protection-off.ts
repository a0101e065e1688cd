/** Flask-Login is told not to look whether a session still belongs to the same browser. */
import { inQuotesOf } from '../edits/pythonText';
import { misuseRule } from './misuseRule';
import { writtenTo } from './unitNodes';

export const rule = misuseRule({
  id: 'login-manager-protection-off',
  title: 'Session protection switched off',
  kind: 'sessionProtection',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'Flask-Login remembers from where somebody logged in: a hash of the address and the browser. With the ' +
      'protection off, a session cookie that was stolen works from everywhere, without a question.',
    vulnerable: {
      'app.py': `
from flask_login import LoginManager

login_manager = LoginManager()
login_manager.session_protection = None
`,
    },
    safe: {
      'app.py': `
from flask_login import LoginManager

login_manager = LoginManager()
login_manager.session_protection = "strong"
`,
    },
    why:
      'With `"strong"` the session is dropped as soon as it comes from somewhere else; with `"basic"`, the ' +
      'default, it is at least no longer fresh.',
    limits:
      'People whose address changes often, as on phones, are logged out by `"strong"`: then `"basic"` is the ' +
      'choice.',
    references: [
      {
        title: 'CWE-384: Session Fixation',
        url: 'https://cwe.mitre.org/data/definitions/384.html',
      },
      {
        title: 'Flask-Login: session protection',
        url: 'https://flask-login.readthedocs.io/en/latest/#session-protection',
      },
    ],
  },
  message: () =>
    'A session cookie that was stolen works from everywhere, because session protection is switched off.',
  fix(context, { site, place }) {
    const value = writtenTo(site.tree, place);
    if (value === undefined) return [];
    const edits = [
      { range: context.rangeOf(site.tree, value), newText: inQuotesOf(context.text, '"strong"') },
    ];
    return [
      {
        kind: 'fix',
        fix: {
          title: 'Switch session protection on',
          // People whose address changes are logged out.
          safety: 'review',
          edits: [{ file: context.file, isNew: false, edits }],
        },
      },
    ];
  },
});

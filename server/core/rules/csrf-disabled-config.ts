/** Flask-WTF is told not to check tokens. */
import { configRule } from './configRule';

export const rule = configRule({
  id: 'csrf-disabled-config',
  title: 'CSRF protection switched off',
  kind: 'csrf',
  severity: 'error',
  fixSafety: 'review',
  doc: {
    happens:
      'A page of somebody else can hold a hidden form that is sent to your app as soon as one of your users ' +
      'opens that page. Their browser adds the session cookie. Flask-WTF refuses such requests, unless this ' +
      'setting tells it not to.',
    vulnerable: {
      'config.py': `
class Config:
    WTF_CSRF_ENABLED = False
`,
    },
    safe: {
      'config.py': `
class Config:
    WTF_CSRF_ENABLED = True


class TestingConfig(Config):
    TESTING = True
    WTF_CSRF_ENABLED = False
`,
    },
    why: 'The check is on by default. Tests may switch it off, where no browser is involved.',
    limits:
      '`WTF_CSRF_CHECK_DEFAULT = False` is fine in an app that calls `csrf.protect()` itself. Classes and files ' +
      'for tests or development are left alone, and a default that a class for production replaces. Values that ' +
      'are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      {
        title: 'Flask-WTF: configuration',
        url: 'https://flask-wtf.readthedocs.io/en/latest/config/',
      },
    ],
  },
  keys: {
    WTF_CSRF_ENABLED: {
      isWeak: (value) => value === 'False' || value === 0,
      message: 'CSRF protection is switched off, so other sites can send forms in the name of your users.',
      fixed: 'True',
      // A page without the token would have its form refused.
      safety: 'review',
    },
    WTF_CSRF_CHECK_DEFAULT: {
      isWeak: (value) => value === 'False' || value === 0,
      message:
        'Views are not checked for CSRF tokens by default, so other sites can send requests in the name of your users.',
      fixed: 'True',
      // A page without the token would have its form refused.
      safety: 'review',
      counts: ({ traits }) => !traits.has('ownCsrf'),
    },
  },
});

/** Flask-Login: the cookie that remembers people is weak. */
import { configRule } from './configRule';

export const rule = configRule({
  id: 'remember-cookie-flags',
  title: 'Weak “remember me” cookie',
  kind: 'cookieSecure',
  severity: 'warning',
  fixSafety: 'safe',
  doc: {
    happens:
      'The “remember me” cookie of Flask-Login logs its owner in without a password, for a year by default. ' +
      'Whoever reads it, over plain HTTP or with a script on one of your pages, is logged in as long.',
    vulnerable: {
      'config.py': `
class Config:
    REMEMBER_COOKIE_SECURE = False
    REMEMBER_COOKIE_HTTPONLY = False
`,
    },
    safe: {
      'config.py': `
class Config:
    REMEMBER_COOKIE_SECURE = True
    REMEMBER_COOKIE_HTTPONLY = True
`,
    },
    why:
      '`Secure` keeps the cookie to HTTPS, `HttpOnly` keeps it from scripts, and `SameSite` from requests that ' +
      'other sites start.',
    limits:
      'Classes and files for tests or development are left alone, and a default that a class for production ' +
      'replaces. Values that are only known when the app runs are not reported.',
    references: [
      {
        title: 'CWE-614: Sensitive Cookie in HTTPS Session Without Secure Attribute',
        url: 'https://cwe.mitre.org/data/definitions/614.html',
      },
      {
        title: 'Flask-Login: cookie settings',
        url: 'https://flask-login.readthedocs.io/en/latest/#cookie-settings',
      },
    ],
  },
  keys: {
    REMEMBER_COOKIE_SECURE: {
      isWeak: (value) => value === 'False' || value === 0,
      message:
        'The “remember me” cookie is also sent over plain HTTP, where others on the network can read it.',
      fixed: 'True',
    },
    REMEMBER_COOKIE_HTTPONLY: {
      isWeak: (value) => value === 'False' || value === 0,
      message: 'Scripts on the page can read the “remember me” cookie.',
      fixed: 'True',
    },
    REMEMBER_COOKIE_SAMESITE: {
      isWeak: (value) => /^'none'$/i.test(String(value)),
      message: 'The “remember me” cookie is sent along with requests that other sites start.',
      fixed: '"Lax"',
    },
  },
});

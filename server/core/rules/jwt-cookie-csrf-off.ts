/** Flask-JWT-Extended accepts cookies without a second value. */
import type { AppFacts } from '../model/appFacts';
import { configRule } from './configRule';

export const rule = configRule({
  id: 'jwt-cookie-csrf-off',
  title: 'JWT cookies without CSRF protection',
  kind: 'csrf',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'When a JWT travels in a cookie, the browser adds it to every request, also to one that a page of somebody' +
      ' else has started. Flask-JWT-Extended asks for a second value that other sites cannot know, unless this ' +
      'setting switches that off.',
    vulnerable: {
      'config.py': `
class Config:
    JWT_TOKEN_LOCATION = ["cookies"]
    JWT_COOKIE_CSRF_PROTECT = False
`,
    },
    safe: {
      'config.py': `
class Config:
    JWT_TOKEN_LOCATION = ["cookies"]
    JWT_COOKIE_CSRF_PROTECT = True
`,
    },
    why:
      'Scripts of your own pages read the `csrf_access_token` cookie and send it back as the `X-CSRF-TOKEN` ' +
      'header. Other sites can read neither.',
    limits:
      'Apps that take tokens from a header only are left alone. Classes and files for tests or development are ' +
      'left alone, and a default that a class for production replaces. Values that are only known when the app ' +
      'runs are not reported.',
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      {
        title: 'Flask-JWT-Extended: cookies and CSRF',
        url: 'https://flask-jwt-extended.readthedocs.io/en/stable/token_locations.html#cookies',
      },
    ],
  },
  keys: {
    JWT_COOKIE_CSRF_PROTECT: {
      isWeak: (value) => value === 'False' || value === 0,
      message:
        'Tokens in cookies are accepted without a CSRF check, so other sites can send requests in the name of your users.',
      fixed: 'True',
      // Scripts of the app have to send the token along.
      safety: 'review',
      counts: takesCookies,
    },
  },
});

/** Headers are the default; a place that is not known may be a cookie. */
function takesCookies({ config }: AppFacts): boolean {
  const places = config.filter(({ key }) => key === 'JWT_TOKEN_LOCATION');
  return places.some(({ value }) => value === undefined || String(value).includes('cookies'));
}

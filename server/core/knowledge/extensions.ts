/** Extensions that protect an app as a whole once they are set up, and what they do.
 *  @see https://flask-wtf.readthedocs.io/en/latest/csrf/
 *  @see https://flask-seasurf.readthedocs.io/en/latest/
 *  @see https://github.com/wntrblm/flask-talisman
 *  @see https://flask-login.readthedocs.io/en/latest/
 *  @see https://flask-security.readthedocs.io/en/stable/ */

export type Capability =
  /** Refuses state-changing requests without a token. */
  | 'csrf'
  /** Sets the headers that a browser protects itself by. */
  | 'headers'
  /** Marks the session cookie Secure and SameSite. */
  | 'cookies'
  /** Logs people in by a cookie. */
  | 'login'
  /** Knows callers by a token that they send along, not by a cookie. */
  | 'token'
  /** Refuses callers who come too often. */
  | 'limits'
  /** Keeps the session on the server, the cookie stays. */
  | 'session';

const CSRF = ['csrf'] as const;
const TALISMAN = ['headers', 'cookies'] as const;

export const EXTENSIONS: ReadonlyMap<string, readonly Capability[]> = new Map<string, readonly Capability[]>([
  ['flask_wtf.CSRFProtect', CSRF],
  ['flask_wtf.csrf.CSRFProtect', CSRF],
  ['flask_wtf.CsrfProtect', CSRF],
  ['flask_wtf.csrf.CsrfProtect', CSRF],
  ['flask.ext.wtf.CsrfProtect', CSRF],
  ['flask_seasurf.SeaSurf', CSRF],
  ['flask_talisman.Talisman', TALISMAN],
  ['flask_talisman.talisman.Talisman', TALISMAN],
  ['talisman.Talisman', TALISMAN],
  ['flask_login.LoginManager', ['login']],
  ['flask_login.login_manager.LoginManager', ['login']],
  ['flask_security.Security', ['login']],
  ['flask_user.UserManager', ['login', 'csrf']],
  ['flask_dance.consumer.OAuth2ConsumerBlueprint', ['login']],
  ['flask_jwt_extended.JWTManager', ['token']],
  ['flask_jwt.JWT', ['token']],
  ['flask_httpauth.HTTPTokenAuth', ['token']],
  ['flask_session.Session', ['session']],
  ['flask_bcrypt.Bcrypt', []],
  ['flask_limiter.Limiter', ['limits']],
  ['flask_limiter.extension.Limiter', ['limits']],
]);

/** Classes that check tokens, with Flask-WTF's. */
export const CSRF_CLASSES: readonly string[] = [...EXTENSIONS]
  .filter(([, capabilities]) => capabilities.includes('csrf'))
  .map(([name]) => name);

/** Functions that log somebody in by a cookie, and decorators that ask for it. */
export const COOKIE_LOGIN: ReadonlySet<string> = new Set([
  'flask_login.login_user',
  'flask_login.login_required',
  'flask_login.fresh_login_required',
  'flask_login.utils.login_user',
  'flask_login.utils.login_required',
  'flask_login.current_user',
  'flask_login.utils.current_user',
  'flask_security.login_user',
  'flask_security.login_required',
  'flask_security.auth_required',
  'flask_security.roles_required',
  'flask_security.roles_accepted',
  'flask_security.current_user',
  'flask_security.utils.login_user',
]);

/** Headers by which a browser is told to protect the app's pages; lower case. */
export const SECURITY_HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'strict-transport-security',
] as const;

export type SecurityHeader = (typeof SECURITY_HEADERS)[number];

/** WSGI middleware that adds no header of its own. */
export const PLAIN_MIDDLEWARE: ReadonlySet<string> = new Set([
  'werkzeug.middleware.proxy_fix.ProxyFix',
  'werkzeug.contrib.fixers.ProxyFix',
  'werkzeug.middleware.dispatcher.DispatcherMiddleware',
  'werkzeug.middleware.profiler.ProfilerMiddleware',
  'werkzeug.middleware.shared_data.SharedDataMiddleware',
  'whitenoise.WhiteNoise',
]);

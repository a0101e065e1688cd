/** Flask-Login. @see https://flask-login.readthedocs.io/en/latest/#session-protection */
import type { Library } from './library';

export const login = {
  reference: 'https://flask-login.readthedocs.io/en/latest/#session-protection',
  aliases: { 'flask_login.login_manager.LoginManager': 'flask_login.LoginManager' },
  misuseWrites: {
    'flask_login.LoginManager.session_protection': { kind: 'sessionProtection', values: [null, false] },
  },
} as const satisfies Library;

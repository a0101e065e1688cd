/** Keys of the app's configuration whose values are secrets that sign or encrypt. */
export const SECRET_CONFIG_KEYS: ReadonlySet<string> = new Set([
  'SECRET_KEY',
  'JWT_SECRET_KEY',
  'JWT_SECRET',
  'WTF_CSRF_SECRET_KEY',
  'SECURITY_PASSWORD_SALT',
  'SECURITY_TOKEN_SALT',
]);

/** Flask-Talisman: options that switch off what it is for.
 *  @see https://github.com/wntrblm/flask-talisman#options */
import type { Library, MisuseRow } from './library';

const off = (name: string, ...values: readonly (string | boolean | null)[]): MisuseRow => ({
  kind: 'talisman',
  at: { name },
  when: [{ argument: { name }, values }],
});

const OPTIONS: readonly MisuseRow[] = [
  off('force_https', false),
  off('strict_transport_security', false),
  off('content_security_policy', false, null),
  off('frame_options', false, null),
  off('session_cookie_secure', false),
  off('session_cookie_http_only', false),
  off('x_content_type_options', false),
];

export const talisman = {
  reference: 'https://github.com/wntrblm/flask-talisman#options',
  aliases: {
    'flask_talisman.talisman.Talisman': 'flask_talisman.Talisman',
    'talisman.Talisman': 'flask_talisman.Talisman',
  },
  misuses: {
    'flask_talisman.Talisman': OPTIONS,
    'flask_talisman.Talisman.init_app': OPTIONS,
  },
} as const satisfies Library;

/** Things that hold secrets among others: written out whole, they give them away.
 *  @see https://flask.palletsprojects.com/en/stable/api/#flask.Request */

export interface WholeRow {
  /** What is in it, for the message. */
  readonly holds: string;
  /** A password may be in it, or not: it depends on what the visitor sent. */
  readonly isVague?: true;
  /** How the names in it are written instead; absent where it has none. */
  readonly names?: 'list' | 'keys';
}

export const WHOLE: ReadonlyMap<string, WholeRow> = new Map<string, WholeRow>([
  ['flask.request.form', { holds: 'every field of the form, passwords included', names: 'list' }],
  ['flask.request.values', { holds: 'every field of the form, passwords included', names: 'list' }],
  ['flask.request.headers', { holds: 'cookies and the Authorization header', names: 'keys' }],
  ['flask.request.cookies', { holds: 'the session cookie', names: 'list' }],
  ['flask.request.authorization', { holds: 'the password of the visitor' }],
  ['flask.request.environ', { holds: 'cookies and the Authorization header', names: 'list' }],
  ['flask.request.json', { holds: 'everything that was sent, passwords included', isVague: true }],
  ['flask.request.get_json()', { holds: 'everything that was sent, passwords included', isVague: true }],
  ['flask.request.data', { holds: 'everything that was sent, passwords included', isVague: true }],
  ['flask.request.get_data()', { holds: 'everything that was sent, passwords included', isVague: true }],
  ['os.environ', { holds: 'all secrets of the app', names: 'list' }],
  ['flask.Flask.config', { holds: 'the secret key and all passwords of the app', names: 'list' }],
  ['flask.current_app.config', { holds: 'the secret key and all passwords of the app', names: 'list' }],
  ['flask.Config', { holds: 'the secret key and all passwords of the app', names: 'list' }],
]);

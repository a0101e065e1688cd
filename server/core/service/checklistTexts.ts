/** What the checklist says, in English: `{0}`, `{1}` are filled in. Clients translate these by their text. */

/** A sentence with its blanks apart, so that it can be said in another language. */
export interface Wording {
  readonly text: string;
  readonly args: readonly (string | number)[];
}

export const REASONS = {
  broken: 'Places to mend: {0}.',
  suspected: 'Places to look at: {0}. Moat only suspects them.',
  cut: 'Not all of the code could be followed: {0}.',
  ruleOff: 'The settings switch off `{0}`, so that Moat does not look for it.',
  noInput: 'No view reads anything from a visitor: nothing to check.',
  inputElsewhere: 'Input gets unchecked into queries or pages: {0}. The next two rows show where.',
  inputFollowed: 'Routes that read input: {0}. None of it gets unchecked to where it does harm.',
  queries: 'Queries: {0}. None is put together from input.',
  orm: 'SQLAlchemy or another mapper writes the queries and sends values apart from them.',
  noQueries: 'No SQL in this app: nothing to check.',
  pages: 'Pages rendered: {0}. What they write is escaped.',
  noPages: 'No page is rendered: nothing to check.',
  headersMissing: 'No response of this app sets it.',
  headerSet: 'It is set on every response.',
  headerWeak: 'It is set, but protects little.',
  headerByExtension: '`{0}` sets it.',
  headerUnknown: 'The code does not show whether it is set.',
  headerElsewhere: 'The code does not set it. A server in front of the app may.',
  headersAll: 'All of them are set.',
  headersSome: 'Set by the app: {0} of {1}.',
  noHeaders: 'No page is rendered, so that browsers have little to protect.',
  keyFromEnvironment: 'The secret key comes from outside the code.',
  keyElsewhere: '`SECRET_KEY` is set, but the code does not show where it comes from.',
  noKey: 'No `SECRET_KEY` is set in the code.',
  rotation: '`SECRET_KEY_FALLBACKS` lets old sessions live on when the key changes.',
  noRotation: 'Without `SECRET_KEY_FALLBACKS` a new key logs everybody out. Flask 3.1 and later know it.',
  csrfByExtension: '`{0}` checks every request that changes something.',
  csrfByForms: 'Every view that changes something checks the token of its form.',
  csrfByToken: 'Callers are known by a token that other sites cannot send.',
  csrfOwn: 'The app checks tokens in a way of its own. Moat cannot tell whether everywhere.',
  csrfNotNeeded: 'No view changes anything: nothing to check.',
  csrfUnknown: 'Nothing checks tokens, and Moat cannot tell whether a view needs it.',
  cookiesByExtension: '`{0}` flags the session cookie.',
  cookiesBySettings: 'The settings mark the session cookie `Secure` and `SameSite`.',
  settingsElsewhere: 'Settings are loaded from outside the code, where Moat cannot see them.',
  cookiesUnknown: 'The code does not show how the session cookie is flagged.',
  noCookies: 'No session is used: nothing to check.',
  loginAll: 'Routes that ask who is calling: {0} of {1}. None that changes something is open to everybody.',
  loginSome: 'Routes that ask who is calling: {0} of {1}. Open to everybody and changing something: {2}.',
  loginNone: 'No route asks who is calling. That is right only if everything is public.',
  noRoutes: 'No route is found in this app.',
  passwords: 'Passwords go through a slow hash with a salt.',
  noPasswords: 'No password is hashed or stored in this app, as far as Moat can see: nothing to check.',
  https: '`{0}` sends visitors to HTTPS.',
  hsts: '`Strict-Transport-Security` keeps browsers on HTTPS.',
  noHttps: 'Nothing in the code enforces HTTPS. A server in front of the app may.',
  extensionSetUp: 'It is set up.',
  extensionIdle: 'It is made, but never set up for the app.',
  extensionWeak: 'Some of its protection is switched off.',
  extensionsAll: 'Extensions for security that are set up: {0}.',
  extensionsSome: 'Not set up right: {0} of {1}.',
  noExtensions: 'No extension for security is used.',
  debugOff: 'Nothing in the code switches the debugger on or shows errors to visitors.',
} as const;

export type ReasonId = keyof typeof REASONS;

export function wording(id: ReasonId, ...args: readonly (string | number)[]): Wording {
  return { text: REASONS[id], args };
}

/** The sentence in English. */
export function worded({ text, args }: Wording): string {
  return text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)] ?? ''));
}

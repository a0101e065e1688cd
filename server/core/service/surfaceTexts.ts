/** Words for the states of a route, in English. Clients translate these by their text. */
import type { InputKind } from '../model/viewFacts';
import type { LoginState } from '../model/viewLogin';
import type { CsrfState } from './attackSurface';

export const LOGIN_TEXTS: Readonly<Record<LoginState, string>> = {
  decorator: 'log-in',
  hook: 'log-in (by a hook)',
  body: 'log-in (in the view)',
  none: 'open to everybody',
  unknown: 'log-in unknown',
};

/** Nothing is said of a view that changes nothing. */
export const CSRF_TEXTS: Readonly<Record<CsrfState, string>> = {
  safe: '',
  checked: 'CSRF checked',
  exempt: 'CSRF exempt',
  token: 'token instead of a cookie',
  open: 'no CSRF check',
  unknown: 'CSRF unknown',
};

export const INPUT_TEXTS: Readonly<Record<InputKind, string>> = {
  path: 'URL',
  query: 'query string',
  form: 'form',
  json: 'JSON',
  body: 'body',
  files: 'files',
  headers: 'headers',
  cookies: 'cookies',
};

/** Headings of what is exported. */
export const HEADINGS = {
  checklist: 'Security checklist',
  surface: 'Attack surface',
  noApp: 'No Flask app was found.',
  noRoute: 'No route was found.',
  unwritten: '(not written in the code)',
  flow: 'The way the data takes',
  happens: 'What can happen',
  mend: 'What helps',
  references: 'References',
  columns: ['Methods', 'URL', 'View', 'Log-in', 'CSRF', 'Reads', 'Findings'],
} as const;

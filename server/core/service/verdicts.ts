/** What speaks for each promise in the code, for an app in which nothing was found against it. */
import { EXTENSIONS, SECURITY_HEADERS, type SecurityHeader } from '../knowledge/extensions';
import { isChanging } from './attackSurface';
import type { AppView, ChecklistLine, CheckPlace, Verdict } from './checklist';
import { type ReasonId, wording } from './checklistTexts';
import type { PracticeId } from './practices';

/** Places of one reason that are worth showing. */
const MAX_PLACES = 30;

export const VERDICTS: Readonly<Record<Exclude<PracticeId, 'other'>, (app: AppView) => Verdict>> = {
  'input-validated': (app) => {
    const readers = app.routes.filter(({ inputs }) => inputs.length > 0);
    const gone = [...app.broken('queries-parametrized'), ...app.broken('templates-escape')];
    const flows = gone.filter(({ path }) => path.length > 0);
    if (flows.length > 0) return fail(flows, 'inputElsewhere', flows.length);
    if (readers.length === 0) return idle('noInput');
    return cut(app) ?? pass(readers, 'inputFollowed', readers.length);
  },

  'queries-parametrized': (app) => {
    const queries = app.places('query');
    if (queries.length > 0) return cut(app) ?? pass(queries, 'queries', queries.length);
    const mapper = app.places('orm');
    return mapper.length > 0 ? pass(mapper, 'orm') : idle('noQueries');
  },

  'templates-escape': (app) => {
    const pages = app.places('render');
    return pages.length === 0 ? idle('noPages') : (cut(app) ?? pass(pages, 'pages', pages.length));
  },

  'headers-set': (app) => {
    const lines = SECURITY_HEADERS.map((header) => headerLine(app, header));
    const nSet = lines.filter(({ status }) => status === 'pass').length;
    if (nSet === lines.length) return { ...pass([], 'headersAll'), lines };
    if (nSet > 0) return { ...unknown([], 'headersSome', nSet, lines.length), lines };
    return app.facts.traits.has('page') ? { ...unknown([], 'headerUnknown'), lines } : idle('noHeaders');
  },

  'key-managed': (app) => {
    const outside = app.places('secret:environment');
    if (outside.length > 0) return pass(outside, 'keyFromEnvironment');
    const set = app.places('config:SECRET_KEY');
    return set.length > 0 ? unknown(set, 'keyElsewhere') : unknown([], keyReason(app));
  },

  'key-rotation': (app) => {
    const fallbacks = app.places('config:SECRET_KEY_FALLBACKS');
    if (fallbacks.length > 0) return pass(fallbacks, 'rotation');
    const set = app.places('config:SECRET_KEY');
    return set.length > 0 ? unknown(set, 'noRotation') : unknown([], keyReason(app));
  },

  'csrf-on': (app) => {
    const { traits } = app.facts;
    const name = extensionWith(app, 'csrf');
    if (name !== undefined) return pass(app.places(`setUp:${name}`), 'csrfByExtension', shortName(name));
    const changing = app.routes.filter(isChanging);
    if (changing.length === 0) return idle('csrfNotNeeded');
    if (traits.has('ownCsrf')) return unknown([], 'csrfOwn');
    if (changing.every(({ csrf }) => csrf === 'checked')) return pass(changing, 'csrfByForms');
    if (changing.every(({ csrf }) => csrf === 'token')) return pass(changing, 'csrfByToken');
    return unknown(
      changing.filter(({ csrf }) => csrf === 'open' || csrf === 'unknown'),
      'csrfUnknown',
    );
  },

  'cookies-flagged': (app) => {
    const { traits } = app.facts;
    if (!traits.has('session') && !traits.has('login')) return idle('noCookies');
    const name = extensionWith(app, 'cookies');
    if (name !== undefined && !app.weakened.has(shortName(name)))
      return pass(app.places(`setUp:${name}`), 'cookiesByExtension', shortName(name));
    const flags = ['SESSION_COOKIE_SECURE', 'SESSION_COOKIE_SAMESITE'].map((key) =>
      app.places(`config:${key}`),
    );
    if (flags.every((places) => places.length > 0)) return pass(flags.flat(), 'cookiesBySettings');
    return unknown([], traits.has('unknownConfig') ? 'settingsElsewhere' : 'cookiesUnknown');
  },

  'login-guarded': (app) => {
    const { routes } = app;
    if (routes.length === 0) return idle('noRoutes');
    const guarded = routes.filter(({ login }) => login !== 'none' && login !== 'unknown');
    if (guarded.length === 0) return unknown([], 'loginNone');
    const open = routes.filter((route) => isChanging(route) && !guarded.includes(route));
    return open.length === 0
      ? pass(guarded, 'loginAll', guarded.length, routes.length)
      : unknown(open, 'loginSome', guarded.length, routes.length, open.length);
  },

  'passwords-hashed': (app) => {
    const hashed = app.places('hash');
    return hashed.length > 0 ? pass(hashed, 'passwords') : idle('noPasswords');
  },

  'https-enforced': (app) => {
    const redirects = app.places('https');
    const name = extensionWith(app, 'headers');
    if (redirects.length > 0 && !app.weakened.has('Talisman'))
      return pass(redirects, 'https', name === undefined ? 'SSLify' : shortName(name));
    const header = app.places('header:strict-transport-security');
    return header.length > 0 ? pass(header, 'hsts') : unknown([], 'noHttps');
  },

  'extensions-set-up': (app) => {
    const lines = extensionLines(app);
    if (lines.length === 0) return idle('noExtensions');
    const nBad = lines.filter(({ status }) => status === 'fail').length;
    return nBad === 0
      ? { ...pass([], 'extensionsAll', lines.length), lines }
      : { ...fail([], 'extensionsSome', nBad, lines.length), lines };
  },

  'debug-off': (app) => {
    const places = [app.place, ...app.places('run'), ...app.places('config:DEBUG')];
    if (app.facts.traits.has('unknownConfig')) return unknown(places, 'settingsElsewhere');
    return pass(places, 'debugOff');
  },
};

const HEADER_NAMES: Readonly<Record<SecurityHeader, string>> = {
  'content-security-policy': 'Content-Security-Policy',
  'x-content-type-options': 'X-Content-Type-Options',
  'x-frame-options': 'X-Frame-Options',
  'referrer-policy': 'Referrer-Policy',
  'strict-transport-security': 'Strict-Transport-Security',
};

function headerLine(app: AppView, header: SecurityHeader): ChecklistLine {
  const { headers, traits } = app.facts;
  const name = HEADER_NAMES[header];
  const isNamed = headers.has(header) || (header === 'x-frame-options' && headers.has('frame-ancestors'));
  if (isNamed) {
    const own = app.places(`header:${header}`);
    if (app.weakened.has(name)) return { name, ...fail(own, 'headerWeak') };
    return { name, ...pass(own.length > 0 ? own : app.places('header:frame-ancestors'), 'headerSet') };
  }
  const extension = extensionWith(app, 'headers');
  if (extension !== undefined) {
    const places = app.places(`setUp:${extension}`);
    const short = shortName(extension);
    if (app.weakened.has(short)) return { name, ...unknown(places, 'headerUnknown') };
    return { name, ...pass(places, 'headerByExtension', short) };
  }
  if (traits.has('unknownHeaders') || traits.has('unknownSetup'))
    return { name, ...unknown([], 'headerUnknown') };
  const isMissed = app.broken('headers-set').length > 0;
  return { name, ...(isMissed ? fail([], 'headersMissing') : unknown([], 'headerElsewhere')) };
}

function extensionLines(app: AppView): readonly ChecklistLine[] {
  const { setUp, idle: made } = app.facts;
  const names = [...setUp, ...made].filter((name) => EXTENSIONS.has(name)).sort();
  return names.map((full): ChecklistLine => {
    const name = shortName(full);
    if (!setUp.has(full)) return { name, ...fail(app.places(`made:${full}`), 'extensionIdle') };
    const places = app.places(`setUp:${full}`);
    return app.weakened.has(name)
      ? { name, ...fail(places, 'extensionWeak') }
      : { name, ...pass(places, 'extensionSetUp') };
  });
}

function extensionWith({ facts }: AppView, capability: 'csrf' | 'cookies' | 'headers'): string | undefined {
  return [...facts.setUp].sort().find((name) => EXTENSIONS.get(name)?.includes(capability));
}

function keyReason({ facts }: AppView): ReasonId {
  return facts.traits.has('unknownConfig') ? 'settingsElsewhere' : 'noKey';
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function cut({ cutFiles }: AppView): Verdict | undefined {
  return cutFiles.length === 0 ? undefined : unknown([], 'cut', cutFiles.join(', '));
}

function verdict(
  status: Verdict['status'],
  places: readonly CheckPlace[],
  id: ReasonId,
  args: Args,
): Verdict {
  const shown = places.slice(0, MAX_PLACES).map(({ file, range }) => ({ file, range }));
  return { status, places: shown, reason: wording(id, ...args) };
}

type Args = readonly (string | number)[];

function pass(places: readonly CheckPlace[], id: ReasonId, ...args: Args): Verdict {
  return verdict('pass', places, id, args);
}

function fail(places: readonly CheckPlace[], id: ReasonId, ...args: Args): Verdict {
  return verdict('fail', places, id, args);
}

function unknown(places: readonly CheckPlace[], id: ReasonId, ...args: Args): Verdict {
  return verdict('unknown', places, id, args);
}

/** There is nothing that the promise is about. */
function idle(id: ReasonId): Verdict {
  return { ...unknown([], id), isIdle: true };
}

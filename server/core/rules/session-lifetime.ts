/** Sessions and tokens that hold for so long that a stolen one is as good as a password. */
import { setKeyword } from '../edits/callArguments';
import { written } from '../model/collections';
import { type Stage, stageOf } from '../model/configStage';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Call, Expression } from '../syntax/python/ast';
import { fixOf } from './argumentFix';
import type { Rule } from './rule';
import { callAt } from './unitNodes';

export const rule = {
  id: 'session-lifetime',
  title: 'Session or token that hardly ever ends',
  kind: 'expiry',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A link to reset a password lies in an old mail, a session cookie on a computer that was sold. As long as it holds, ' +
      'whoever finds it is logged in as your user. A timed token is only as timed as the `max_age` that it is read with.',
    vulnerable: {
      'app.py': `
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

app = Flask(__name__)


def user_of(token):
    return URLSafeTimedSerializer(app.secret_key).loads(token, salt="reset")
`,
    },
    safe: {
      'app.py': `
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

app = Flask(__name__)


def user_of(token):
    return URLSafeTimedSerializer(app.secret_key).loads(token, salt="reset", max_age=3600)
`,
    },
    why: 'With `max_age`, in seconds, an older token raises `SignatureExpired`. An hour is plenty for a link in a mail.',
    limits:
      'Lifetimes count from a year for log-ins that are remembered, 90 days for sessions and 30 for access tokens. Calls that ask ' +
      'for the time of the token (`return_timestamp`) may compare it themselves and are left alone.',
    references: [
      {
        title: 'CWE-613: Insufficient Session Expiration',
        url: 'https://cwe.mitre.org/data/definitions/613.html',
      },
      {
        title: 'itsdangerous: timed signatures',
        url: 'https://itsdangerous.palletsprojects.com/en/stable/timed/',
      },
    ],
  },
  *checkUnit(unit) {
    if (unit.isTest) return;
    for (const { node, owners } of unit.facts.calls)
      if (isEndless(unit.project, node, unit.site(owners)))
        yield {
          range: node.func,
          message: 'This token never expires, because it is read without `max_age`.',
          confidence: 'high',
        };
    for (const entry of unit.configEntries()) {
      const limit = LIMITS[entry.key];
      if (limit === undefined || IGNORED.has(stageOf(unit.project, entry))) continue;
      const days = daysOf(unit.project, entry.value, entry.site);
      if (days !== undefined && days > limit)
        yield {
          range: entry.value,
          message:
            days === Number.POSITIVE_INFINITY
              ? 'With this setting tokens never expire.'
              : `A stolen one of these works for ${Math.round(days)} days.`,
          severity: 'information',
          confidence: 'high',
        };
    }
  },
  fix(context, { range }) {
    const found = callAt(context, range);
    if (
      found?.node.func.kind !== 'Attribute' ||
      found.node.func.end + context.baseOf(found.site.tree) !== range.end
    )
      return [];
    const call = { node: found.node, base: context.baseOf(found.site.tree) };
    return fixOf(context, { title: 'Refuse tokens of more than an hour', safety: 'review' }, (edits) =>
      setKeyword(context.text, call, 'max_age', '3600', edits),
    );
  },
} satisfies Rule;

/** Days. */
const LIMITS: Readonly<Record<string, number>> = {
  PERMANENT_SESSION_LIFETIME: 90,
  REMEMBER_COOKIE_DURATION: 366,
  JWT_ACCESS_TOKEN_EXPIRES: 30,
};
const IGNORED: ReadonlySet<Stage> = new Set(['test', 'development']);

const TIMED = /^itsdangerous\.(?:\w+\.)?(?:(?:URLSafe)?TimedSerializer|TimestampSigner)$/;

function isEndless(project: Project, { func, args }: Call, site: Site): boolean {
  if (func.kind !== 'Attribute' || !/^(?:loads|unsign)$/.test(func.attr.id) || args.length === 0)
    return false;
  const isTimed = args.some(
    ({ name, star }, index) =>
      star !== '' ||
      (index === 1 && name === undefined) ||
      name?.id === 'max_age' ||
      name?.id === 'return_timestamp',
  );
  if (isTimed) return false;
  return project.resolver
    .resolve(func.value, site)
    .some((ref) => ref.kind === 'instance' && TIMED.test(ref.name));
}

const SECONDS_PER_DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = {
  weeks: 7,
  days: 1,
  hours: 1 / 24,
  minutes: 1 / 1440,
  seconds: 1 / SECONDS_PER_DAY,
};

/** A number of seconds or a `timedelta`, in days; undefined when it is neither. */
function daysOf(project: Project, value: Expression, at: Site): number | undefined {
  const { node } = written(project, value, at);
  if (node.kind === 'Constant') return node.value === 'False' ? Number.POSITIVE_INFINITY : undefined;
  const seconds = numberOf(node);
  if (seconds !== undefined) return seconds / SECONDS_PER_DAY;
  if (node.kind !== 'Call') return undefined;
  const name =
    node.func.kind === 'Attribute' ? node.func.attr.id : node.func.kind === 'Name' ? node.func.id : '';
  if (name !== 'timedelta') return undefined;
  let days = 0;
  for (const [index, argument] of node.args.entries()) {
    const unit = UNITS[argument.name?.id ?? ['days', 'seconds'][index] ?? ''];
    const count = numberOf(argument.value);
    if (unit === undefined || count === undefined) return undefined;
    days += count * unit;
  }
  return days;
}

function numberOf(node: Expression): number | undefined {
  if (node.kind === 'Number') return Number(node.value);
  if (node.kind !== 'Binary' || node.op !== '*') return undefined;
  const [left, right] = [numberOf(node.left), numberOf(node.right)];
  return left === undefined || right === undefined ? undefined : left * right;
}

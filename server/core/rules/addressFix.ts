/** Scaffolds for addresses that a visitor chooses: redirects stay on this host, requests go to hosts on a list. */
import { refuse } from '../edits/outcome';
import { preferredQuote } from '../edits/pythonText';
import type { SinkHit } from '../flow/machine';
import type { Expression } from '../syntax/python/ast';
import { type CheckHelper, checkFix } from './checkFix';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

const LOCAL: CheckHelper = {
  name: 'is_safe_redirect_url',
  lines: [
    'def is_safe_redirect_url(target):',
    '    """True for addresses on this host."""',
    '    own = {urllib.parse}.urlsplit({request}.host_url)',
    '    other = {urllib.parse}.urlsplit({urllib.parse}.urljoin({request}.host_url, target))',
    '    return other.scheme in ("http", "https") and other.netloc == own.netloc',
  ],
  imports: { request: 'flask', 'urllib.parse': '' },
};

export function fixRedirect(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  return checkFix(
    context,
    { site: hit.site, node: hit.argument },
    'Redirect on this host only',
    LOCAL,
    (place) => {
      const [target, ...others] = hit.argument.kind === 'Boolean' ? hit.argument.values : [hit.argument];
      if (target === undefined || (hit.argument.kind === 'Boolean' && hit.argument.op !== 'or'))
        return refuse('the address depends on a condition');
      const source = sourceOf(context, target, place.base);
      const last = others.at(-1);
      const fallback =
        last === undefined
          ? `${preferredQuote(context.text)}/${preferredQuote(context.text)}`
          : context.text.slice(place.base + (others[0] as Expression).start, place.base + last.end);
      const checked = `${source} if ${source} and ${LOCAL.name}(${source}) else ${fallback}`;
      place.edits.replace(place.base + hit.argument.start, place.base + hit.argument.end, checked);
    },
  );
}

const ALLOWED: CheckHelper = {
  name: 'is_allowed_url',
  lines: [
    'ALLOWED_HOSTS = {"api.example.com"}  # every host that this app may ask',
    '',
    '',
    'def is_allowed_url(url):',
    '    parts = {urlsplit}(url)',
    '    return parts.scheme in ("http", "https") and parts.hostname in ALLOWED_HOSTS',
  ],
  imports: { abort: 'flask', urlsplit: 'urllib.parse' },
};

export function fixRequest(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  return checkFix(
    context,
    { site: hit.site, node: hit.argument },
    'Ask allowed hosts only',
    ALLOWED,
    (place) => {
      const source = sourceOf(context, hit.argument, place.base);
      place.before(hit.argument, [
        `if not ${ALLOWED.name}(${source}):`,
        `{step}${place.nameOf('abort')}(400)`,
      ]);
    },
  );
}

/** Reading it twice must give the same: names, items, and what `.get(…)` finds. */
function sourceOf(context: FileContext, node: Expression, base: number): string {
  const source = context.text.slice(base + node.start, base + node.end);
  const isPlain = node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript';
  const isRead = node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr.id === 'get';
  if ((!isPlain && !isRead) || source.includes('\n'))
    return refuse('the address is put together in this place');
  return source;
}

/** Checks of addresses that look for a piece of text where the host would have to be compared. */
import { wordsOf } from '../knowledge/sensitiveNames';
import type { Call, Comparison, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';

export interface UrlCheck {
  /** The comparison or call that is the check. */
  readonly node: Comparison | Call;
  /** What is checked. */
  readonly url: Expression;
  /** The literal's host, without a scheme and without a dot in front. */
  readonly host: string;
  readonly literal: Expression;
  readonly form: 'contains' | 'excludes' | 'starts' | 'ends';
}

const HOST = /^(?:https?:\/\/)?\.?((?:[\w-]+\.)+[a-z]{2,})\/?$/i;
const URL_WORDS = new Set([
  ...[
    'url',
    'urls',
    'uri',
    'href',
    'link',
    'origin',
    'host',
    'hostname',
    'netloc',
    'domain',
    'redirect',
    'next',
  ],
  ...['target', 'referrer', 'referer', 'callback', 'destination', 'site', 'endpoint', 'webhook'],
]);
/** Not the names of hosts, although they look alike. */
const FILE_ENDINGS =
  /\.(py|js|css|html?|json|xml|txt|md|csv|png|jpe?g|gif|svg|pdf|zip|gz|ya?ml|toml|ini|cfg|log|db|sh|exe|so)$/i;

export function urlCheckOf(node: Expression): UrlCheck | undefined {
  if (node.kind === 'Comparison') return membership(node);
  if (node.kind === 'Call') return affix(node);
  return undefined;
}

/** `"example.com" in url` */
function membership(node: Comparison): UrlCheck | undefined {
  const [op] = node.ops;
  const [url] = node.comparators;
  if (node.ops.length !== 1 || url === undefined || (op !== 'in' && op !== 'not in')) return undefined;
  const host = hostOf(node.left);
  if (host === undefined || !isUrl(url)) return undefined;
  return { node, url, host, literal: node.left, form: op === 'in' ? 'contains' : 'excludes' };
}

/** `url.startswith("https://example.com")`, `host.endswith("example.com")` */
function affix(node: Call): UrlCheck | undefined {
  if (node.func.kind !== 'Attribute' || node.args.length !== 1) return undefined;
  const method = node.func.attr.id;
  const literal = node.args[0]?.value;
  const text = literal && literalText(literal);
  const host = literal && hostOf(literal);
  if (literal === undefined || text === undefined || host === undefined || !isUrl(node.func.value))
    return undefined;
  const url = node.func.value;
  // With a slash behind the host nothing can follow it, with a dot before it nothing can grow in front.
  if (method === 'startswith' && /^https?:\/\//i.test(text) && !text.endsWith('/'))
    return { node, url, host, literal, form: 'starts' };
  if (method === 'endswith' && !text.startsWith('.') && !/^https?:/i.test(text))
    return { node, url, host, literal, form: 'ends' };
  return undefined;
}

function hostOf(node: Expression): string | undefined {
  const text = literalText(node);
  if (text === undefined || FILE_ENDINGS.test(text)) return undefined;
  return HOST.exec(text)?.[1];
}

/** By its name, or because it is a part of a parsed address. */
function isUrl(node: Expression): boolean {
  switch (node.kind) {
    case 'Name':
      return wordsOf(node.id).some((word) => URL_WORDS.has(word));
    case 'Attribute':
      return wordsOf(node.attr.id).some((word) => URL_WORDS.has(word));
    case 'Subscript': {
      const key = literalText(node.index);
      return key !== undefined && wordsOf(key).some((word) => URL_WORDS.has(word));
    }
    case 'Call':
      return node.func.kind === 'Attribute' && /^(lower|strip|get|casefold|netloc)$/.test(node.func.attr.id)
        ? isUrl(node.func.value) ||
            node.args.some(({ value }) =>
              wordsOf(literalText(value) ?? '').some((word) => URL_WORDS.has(word)),
            )
        : false;
    default:
      return false;
  }
}

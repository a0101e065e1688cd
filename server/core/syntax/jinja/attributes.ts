/** What a browser does with the value of an HTML attribute. Names are lower case. */
import type { AttributeContext } from './ast';

const URL_ATTRIBUTES = new Set([
  'action',
  'background',
  'cite',
  'classid',
  'codebase',
  'dynsrc',
  'formaction',
  'href',
  'icon',
  'imagesrcset',
  'longdesc',
  'lowsrc',
  'manifest',
  'ping',
  'poster',
  'profile',
  'src',
  'srcset',
  'xlink:href',
  'xml:base',
]);

/** Attributes that hold a URL on some elements only. */
const URL_ON_ELEMENT: ReadonlyMap<string, readonly string[]> = new Map([
  ['data', ['object']],
  ['usemap', ['img', 'object', 'input']],
  ['archive', ['applet', 'object']],
  ['to', ['set', 'animate']],
  ['from', ['animate']],
  ['values', ['animate']],
]);

/** Prefixes and names by which Alpine, Vue, htmx and AngularJS mark values that they run as JavaScript. */
const SCRIPT_PREFIX = /^(?:on[a-z]|@|:|x-on:|x-bind:|v-on:|v-bind:|hx-on)/;
const SCRIPT_NAME =
  /^(?:x-(?:data|init|show|text|html|model|if|for|effect)|v-(?:if|else-if|for|html|text|show|model)|ng-(?:init|click|bind|if|show|hide|repeat|change|submit))$/;

/** The target of `<meta http-equiv=refresh content="0; url=…">`, in front of which there is no URL. */
const META_REFRESH = /^[\s\d.\uFFFC]*[;,]\s*url\s*=\s*['"]?/i;

export function attributeRole(element: string, name: string): AttributeContext['role'] {
  if (URL_ATTRIBUTES.has(name) || URL_ON_ELEMENT.get(name)?.includes(element)) return 'url';
  if (name === 'style') return 'style';
  if (name === 'srcdoc') return 'srcdoc';
  if (SCRIPT_PREFIX.test(name) || SCRIPT_NAME.test(name)) return 'eventHandler';
  return 'plain';
}

/** Length of what stands in front of the URL in a refreshing `<meta>`'s content; 0 if it is none. */
export function metaRefreshLength(element: string, name: string, prefix: string): number {
  if (element !== 'meta' || name !== 'content') return 0;
  return META_REFRESH.exec(prefix)?.[0].length ?? 0;
}

export const VOID_ELEMENTS: ReadonlySet<string> = new Set([
  'area',
  'base',
  'basefont',
  'bgsound',
  'br',
  'col',
  'embed',
  'frame',
  'hr',
  'img',
  'input',
  'keygen',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

/** Elements whose content is not markup. `noscript` is not among them: without scripting it is markup, and
 *  its forms and attributes count. */
export const RAW_ELEMENTS: ReadonlySet<string> = new Set([
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
]);

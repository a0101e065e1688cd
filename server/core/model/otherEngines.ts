/** Templates of other engines, which read like Jinja at first sight: Angular, Vue, Handlebars, Mustache, Django. */

/** What Jinja has no such thing for: directives, partials and sections, tags of Django. */
const OTHERS = [
  /\s(?:ng-(?:app|repeat|show|hide|if|model|controller|click|class|bind|include|switch|submit|required)|data-ng-\w+|\*ng(?:If|For)|\[\(?ngModel\)?\]|v-(?:for|model|show|bind:\w+|on:\w+))\s*=/,
  /\{\{\s*[#/>^&{]\s*[\w./-]/,
];
const DJANGO =
  /\{%\s*(?:load\s+\w|csrf_token\s*%|static\s+["']|url\s+["']|blocktrans|trans\s+["'])|\|\s*escapejs\b/;
/** What only Jinja has, or Flask. */
const JINJA =
  /\{%|(?<!\{)\{#|\{\{-?\s*(?:url_for|_|gettext|config|g|request|session|super|csrf_token|get_flashed_messages)\b/;

/** True for a template that Flask does not render. */
export function isOfOtherEngine(text: string): boolean {
  if (DJANGO.test(text) && !/\burl_for\s*\(/.test(text)) return true;
  return text.includes('{{') && !JINJA.test(text) && OTHERS.some((pattern) => pattern.test(text));
}

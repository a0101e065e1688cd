/** What a browser would run when it shows a page, and whether that comes to call `boom()`: inline scripts, event
 *  handlers (all are taken to happen) and `javascript:` addresses (all are taken to be followed). */
import { createContext, runInContext } from 'node:vm';
import { Parser } from 'htmlparser2';

const URL_ATTRIBUTES = new Set(['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'background']);
const TIMEOUT_MS = 200; // per script; endless loops are part of an attack

interface Page {
  readonly type: string;
  readonly body: string;
  readonly policy: string | undefined;
}

export function runsBoom({ type, body, policy }: Page): boolean {
  if (!/html|xml|svg/.test(type) && type !== '') return false;
  let isHit = false;
  const boom = () => {
    isHit = true;
  };
  const context = createContext({ boom, document: { cookie: '' }, console: {} });
  for (const script of scriptsOf(body, policy)) {
    try {
      runInContext(script, context, { timeout: TIMEOUT_MS });
    } catch (error) {
      // A script that does not parse or fails half-way is what a browser ignores, too.
      if (error instanceof Error && error.name === 'InternalError') throw error;
    }
  }
  return isHit;
}

function scriptsOf(body: string, policy: string | undefined): string[] {
  const scripts: string[] = [];
  let script: { readonly nonce: string | undefined; text: string } | undefined;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'script' && isJavaScript(attributes.type))
          script = { nonce: attributes.nonce, text: '' };
        if (!allowsInline(policy, undefined)) return;
        for (const [attribute, value] of Object.entries(attributes)) {
          if (/^on[a-z]+$/.test(attribute)) scripts.push(`(function () {${value}\n}).call({});`);
          if (URL_ATTRIBUTES.has(attribute)) scripts.push(...scriptOfUrl(value));
          if (name === 'iframe' && attribute === 'srcdoc') scripts.push(...scriptsOf(value, policy));
        }
      },
      ontext(text) {
        if (script !== undefined) script.text += text;
      },
      onclosetag(name) {
        if (name !== 'script' || script === undefined) return;
        if (allowsInline(policy, script.nonce)) scripts.push(script.text);
        script = undefined;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(body);
  return scripts;
}

function isJavaScript(type: string | undefined): boolean {
  return type === undefined || type === '' || type === 'module' || /javascript/i.test(type);
}

/** Browsers take white space and control characters out of an address before they look at its scheme. */
function scriptOfUrl(value: string): string[] {
  const address = value.replace(/[\t\n\r]/g, '').replace(/^[\p{Cc} ]+/u, '');
  const match = /^javascript:(.*)$/is.exec(address);
  if (match === null) return [];
  const code = match[1] ?? '';
  try {
    return [decodeURIComponent(code)];
  } catch (error) {
    if (error instanceof URIError) return [code];
    throw error;
  }
}

/** As far as Content-Security-Policy goes here: inline scripts run unless it says otherwise, or by their nonce. */
function allowsInline(policy: string | undefined, nonce: string | undefined): boolean {
  if (policy === undefined) return true;
  const directives = policy.split(';').map((directive) => directive.trim());
  const rule =
    directives.find((directive) => /^script-src\s/.test(directive)) ??
    directives.find((directive) => /^default-src\s/.test(directive));
  if (rule === undefined) return true;
  if (/'nonce-/.test(rule)) return nonce !== undefined && rule.includes(`'nonce-${nonce}'`);
  return rule.includes("'unsafe-inline'");
}

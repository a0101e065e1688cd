/** What a page is to a browser: what it shows, and what its scripts come to do. All event handlers are taken to happen and
 *  all `javascript:` addresses to be followed. */
import { createContext, runInContext } from 'node:vm';
import { Parser } from 'htmlparser2';

const URL_ATTRIBUTES = new Set(['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'background']);
const TIMEOUT_MS = 200; // per script; endless loops are part of an attack

export interface Page {
  readonly type: string;
  readonly body: string;
  readonly policy?: string | undefined;
}

export function runsBoom(page: Page): boolean {
  return callsOf(page).some((call) => call.startsWith('boom('));
}

/** Elements, texts and the calls of scripts: equal for pages that are written differently and mean the same. */
export function meaningOf(page: Page): string {
  const tokens: string[] = [];
  let isInScript = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      isInScript = name === 'script';
      const isToken = name === 'input' && attributes.name === 'csrf_token';
      const isTokenOfPage = name === 'meta' && attributes.name === 'csrf-token';
      if (isToken || isTokenOfPage) return;
      const shown = Object.entries(attributes)
        .filter(([attribute]) => !/^(?:on[a-z]+|nonce)$/.test(attribute))
        .map(([attribute, value]) => `${attribute}=${JSON.stringify(value)}`);
      tokens.push(`<${[name, ...shown.sort()].join(' ')}>`);
    },
    ontext(text) {
      const words = text.replace(/\s+/g, ' ').trim();
      if (!isInScript && words !== '') tokens.push(words);
    },
    onclosetag(name) {
      isInScript = false;
      // Elements without an end are closed by the parser where it likes.
      if (name !== 'input' && name !== 'meta') tokens.push(`</${name}>`);
    },
  });
  parser.end(page.body);
  return [...tokens, ...callsOf(page)].join('\n');
}

/** Calls of functions that the page does not have, such as `greet("Ann")`, in the order in which they are run. */
function callsOf({ type, body, policy }: Page): readonly string[] {
  if (!/html|xml|svg/.test(type) && type !== '') return [];
  const context: Record<string, unknown> = createContext({ document: { cookie: '' }, console: {} });
  return scriptsOf(body, policy).flatMap((script) => runScript(script, context));
}

const MAX_MISSING = 10;

function runScript(script: string, context: Record<string, unknown>): readonly string[] {
  const calls: string[] = [];
  for (let nMissing = 0; nMissing < MAX_MISSING; nMissing++) {
    try {
      runInContext(script, context, { timeout: TIMEOUT_MS });
      return calls;
    } catch (error) {
      // Errors of the page come from another realm: they are no instances of this one's classes.
      const missing = /^ReferenceError: (\w+) is not defined/.exec(String(error))?.[1];
      // A script that does not parse or fails half-way is what a browser ignores, too.
      if (missing === undefined) return calls;
      calls.length = 0;
      context[missing] = (...args: unknown[]) => calls.push(`${missing}(${args.map(toShown).join(', ')})`);
    }
  }
  return calls;
}

function toShown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
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

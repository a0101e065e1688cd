/** The context that an output has in a state of the HTML machine. */
import type { HtmlContext } from './ast';
import { attributeRole, metaRefreshLength } from './attributes';
import type { HtmlState } from './htmlState';
import { createScriptState, feedScript, isInScriptComment, scriptQuote } from './scriptState';

export function contextOf(state: HtmlState): HtmlContext {
  switch (state.mode) {
    case 'text':
    case 'cdata':
      return textContext(state);
    case 'comment':
    case 'bogusComment':
      return { kind: 'comment' };
    case 'raw':
      return rawContext(state);
    case 'valueDouble':
    case 'valueSingle':
    case 'valueUnquoted':
      return attributeContext(state);
    case 'tagOpen':
    case 'endTagOpen':
    case 'tagName':
    case 'beforeAttribute':
    case 'attributeName':
    case 'afterAttributeName':
    case 'beforeValue':
    case 'afterValue':
    case 'selfClosing':
      return { kind: 'tag', element: state.tag?.name ?? '' };
  }
}

/** In SVG, where scripts and styles are written as text, they still are what they are. */
function textContext(state: HtmlState): HtmlContext {
  const element = state.open?.name ?? '';
  return element === 'style' ? { kind: 'style' } : { kind: 'text', element };
}

function rawContext(state: HtmlState): HtmlContext {
  if (state.rawElement === 'style') return { kind: 'style' };
  if (state.rawElement !== 'script') return { kind: 'rcdata', element: state.rawElement };
  return {
    kind: 'script',
    ...(state.scriptType !== undefined && { type: state.scriptType }),
    stringQuote: scriptQuote(state.script),
    isInComment: isInScriptComment(state.script),
  };
}

function attributeContext(state: HtmlState): HtmlContext {
  const { attribute } = state;
  const element = state.tag?.name ?? '';
  if (attribute?.valueRange === undefined) return { kind: 'tag', element };
  const refreshLength = metaRefreshLength(element, attribute.name, state.buffer);
  const role = refreshLength > 0 ? 'url' : attributeRole(element, attribute.name);
  return {
    kind: 'attribute',
    element,
    name: attribute.name,
    quote: attribute.quote,
    role,
    prefix: state.buffer.slice(refreshLength),
    stringQuote: role === 'eventHandler' ? scriptQuote(state.script) : urlScriptQuote(role, state.buffer),
    valueRange: attribute.valueRange,
  };
}

/** The quote around an output in `href="javascript:open('{{ x }}')"`. */
function urlScriptQuote(role: string, prefix: string): '' | "'" | '"' | '`' {
  if (role !== 'url' || !/^\s*javascript:/i.test(prefix)) return '';
  const script = createScriptState('javascript');
  feedScript(script, prefix, prefix.indexOf(':') + 1, prefix.length, true);
  return scriptQuote(script);
}

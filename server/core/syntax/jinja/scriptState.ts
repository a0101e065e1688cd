/** Where in JavaScript a position lies: code, a string, a template literal, a comment or a regular expression.
 *  Fed with the literal pieces of a script or an event handler; a Jinja output counts as a value.
 *  Regular expressions are told from divisions by the token before, which is right for all usual code. */

type ScriptMode = 'code' | "'" | '"' | '`' | 'lineComment' | 'blockComment' | 'regex' | 'regexClass';

/** Braces that are open inside one `${ … }`. */
interface Substitution {
  readonly nBraces: number;
  readonly parent: Substitution | undefined;
}

export interface ScriptState {
  readonly language: 'javascript' | 'json' | 'none';
  mode: ScriptMode;
  nBraces: number;
  substitution: Substitution | undefined;
  /** True if the code before is a value, so that a `/` divides. */
  isBehindValue: boolean;
}

const KEYWORDS_BEFORE_VALUE = new Set(
  'return typeof case in of delete void throw new do else instanceof yield await'.split(' '),
);
const ENTITY_QUOTE = /&(?:quot|#0*34|#[xX]0*22|(apos|#0*39|#[xX]0*27));?/y;

export function createScriptState(language: ScriptState['language']): ScriptState {
  return { language, mode: 'code', nBraces: 0, substitution: undefined, isBehindValue: false };
}

/** Language of a script element by its `type`; templates and unknown types are not JavaScript. */
export function scriptLanguage(type: string | undefined): ScriptState['language'] {
  const essence = (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (
    essence === '' ||
    essence === 'module' ||
    /(?:java|ecma|live|j)script|babel|jsx|typescript/.test(essence)
  )
    return 'javascript';
  return /json|importmap|speculationrules/.test(essence) ? 'json' : 'none';
}

export function scriptQuote(state: ScriptState): '' | "'" | '"' | '`' {
  return state.mode === "'" || state.mode === '"' || state.mode === '`' ? state.mode : '';
}

export function isInScriptComment(state: ScriptState): boolean {
  return state.mode === 'lineComment' || state.mode === 'blockComment';
}

/** Notes that Jinja writes something here. */
export function passOutput(state: ScriptState): void {
  if (state.mode === 'code') state.isBehindValue = true;
}

/** Advances over literal text. `isAttribute`: quotes may be spelled as character references. */
export function feedScript(
  state: ScriptState,
  text: string,
  from: number,
  to: number,
  isAttribute: boolean,
): void {
  if (state.language === 'none') return;
  let offset = from;
  while (offset < to) {
    const code = text.charCodeAt(offset);
    let char = text.charAt(offset);
    let length = 1;
    if (isAttribute && code === 38) {
      ENTITY_QUOTE.lastIndex = offset;
      const entity = ENTITY_QUOTE.exec(text);
      if (entity !== null && offset + entity[0].length <= to) {
        char = entity[1] === undefined ? '"' : "'";
        length = entity[0].length;
      }
    }
    offset += step(state, text, offset, to, char, length);
  }
}

/** Consumes at least one character; returns how many. */
function step(
  state: ScriptState,
  text: string,
  offset: number,
  to: number,
  char: string,
  length: number,
): number {
  switch (state.mode) {
    case 'code':
      return inCode(state, text, offset, to, char, length);
    case 'lineComment':
      if (char === '\n' || char === '\u2028') state.mode = 'code';
      return length;
    case 'blockComment':
      if (char !== '*' || text.charAt(offset + 1) !== '/' || offset + 1 >= to) return length;
      state.mode = 'code';
      return 2;
    case 'regex':
    case 'regexClass':
      return inRegex(state, char, length);
    case "'":
    case '"':
    case '`':
      return inString(state, text, offset, to, char, length);
  }
}

function inString(
  state: ScriptState,
  text: string,
  offset: number,
  to: number,
  char: string,
  length: number,
): number {
  if (char === '\\') return text.charAt(offset + 1) === '\r' ? 3 : 2;
  if (char === state.mode || (char === '\n' && state.mode !== '`')) {
    state.isBehindValue = char !== '\n';
    state.mode = 'code';
  } else if (state.mode === '`' && char === '$' && offset + 1 < to && text.charAt(offset + 1) === '{') {
    state.substitution = { nBraces: state.nBraces, parent: state.substitution };
    state.nBraces = 0;
    state.mode = 'code';
    state.isBehindValue = false;
    return 2;
  }
  return length;
}

function inRegex(state: ScriptState, char: string, length: number): number {
  if (char === '\\') return 2;
  if (char === '\n') {
    state.mode = 'code';
    state.isBehindValue = false;
  } else if (char === '[') state.mode = 'regexClass';
  else if (char === ']' && state.mode === 'regexClass') state.mode = 'regex';
  else if (char === '/' && state.mode === 'regex') {
    state.mode = 'code';
    state.isBehindValue = true;
  }
  return length;
}

function inCode(
  state: ScriptState,
  text: string,
  offset: number,
  to: number,
  char: string,
  length: number,
): number {
  if (char === '"' || (char === "'" && state.language !== 'json')) {
    state.mode = char;
    return length;
  }
  if (state.language === 'json') return length;
  switch (char) {
    case '`':
      state.mode = '`';
      return 1;
    case '/':
      return slash(state, offset + 1 < to ? text.charAt(offset + 1) : '');
    case '<':
      if (offset + 3 < to && text.startsWith('<!--', offset)) state.mode = 'lineComment';
      state.isBehindValue = false;
      return 1;
    case '{':
      state.nBraces++;
      state.isBehindValue = false;
      return 1;
    case '}':
      closeBrace(state);
      return 1;
    default:
      return word(state, text, offset, to, length);
  }
}

function slash(state: ScriptState, next: string): number {
  if (next === '/') state.mode = 'lineComment';
  else if (next === '*') {
    state.mode = 'blockComment';
    return 2;
  } else if (state.isBehindValue) state.isBehindValue = false;
  else state.mode = 'regex';
  return 1;
}

function closeBrace(state: ScriptState): void {
  if (state.nBraces > 0) {
    state.nBraces--;
    state.isBehindValue = true;
  } else if (state.substitution !== undefined) {
    state.nBraces = state.substitution.nBraces;
    state.substitution = state.substitution.parent;
    state.mode = '`';
  }
}

/** A run of name characters, white space, or one punctuator. */
function word(state: ScriptState, text: string, offset: number, to: number, length: number): number {
  let end = offset;
  while (end < to && isWordCode(text.charCodeAt(end))) end++;
  if (end > offset) {
    state.isBehindValue = !KEYWORDS_BEFORE_VALUE.has(text.slice(offset, end));
    return end - offset;
  }
  const code = text.charCodeAt(offset);
  if (code > 32) state.isBehindValue = code === 41 || code === 93;
  return length;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

/** String literals: tokens, pieces and cooked values.
 *  A format string is rebuilt from the tokens, because the parser's tree keeps only the expressions of its holes. */
import type { Expression, HolePiece, StringExpression, StringPiece, StringToken } from './ast';
import { lowerExpression } from './lowerExpression';
import type { PyFormatString, PyNode, PyString, PyStringList, PyToken } from './pyright';
import { ASSIGN, F, N, T } from './pyrightKinds';
import {
  detached,
  endOf,
  exactly,
  innerEnd,
  innerStart,
  mapped,
  NONE,
  type Source,
  tokenIndexAt,
} from './source';

export function lowerString(source: Source, node: PyStringList): StringExpression {
  const first = node.d.strings[0];
  const flags = first?.d.token.flags ?? 0;
  return {
    kind: 'String',
    start: innerStart(node),
    end: innerEnd(node),
    isBytes: (flags & F.Bytes) !== 0,
    isTemplate: (flags & F.Template) !== 0,
    tokens: mapped(node.d.strings, (string) =>
      string.nodeType === N.String ? plainToken(source, string) : formatToken(source, string),
    ),
  };
}

function plainToken(source: Source, node: PyString): StringToken {
  const { token } = node.d;
  const open = opening(source, token);
  const end = endOf(token);
  const contentEnd = open.isUnterminated ? end : end - open.quote.length;
  const start = open.contentStart;
  const value = cook(source.text, start, contentEnd, {
    isRaw: open.isRaw,
    isBytes: open.isBytes,
    isFormat: false,
  });
  return {
    prefix: open.prefix,
    quote: open.quote,
    isRaw: open.isRaw,
    isFormat: false,
    isUnterminated: open.isUnterminated,
    pieces: start < contentEnd ? [{ kind: 'Text', start, end: contentEnd, value }] : NONE,
    start: token.start,
    end,
  };
}

interface Opening {
  readonly prefix: string;
  readonly quote: StringToken['quote'];
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  readonly isUnterminated: boolean;
  readonly contentStart: number;
}

function opening(source: Source, token: PyToken): Opening {
  const flags = token.flags ?? 0;
  const quoteStart = token.start + (token.prefixLength ?? 0);
  const char = source.text[quoteStart] === "'" ? "'" : '"';
  const isTriple = (flags & F.Triple) !== 0;
  return {
    prefix: source.text.slice(token.start, quoteStart),
    quote: isTriple ? (char === "'" ? "'''" : '"""') : char,
    isRaw: (flags & F.Raw) !== 0,
    isBytes: (flags & F.Bytes) !== 0,
    isUnterminated: (flags & F.Unterminated) !== 0,
    contentStart: quoteStart + (isTriple ? 3 : 1),
  };
}

function formatToken(source: Source, node: PyFormatString): StringToken {
  const open = opening(source, node.d.token);
  const reader = new FormatReader(source, node, open);
  const pieces = reader.pieces(false);
  const closing = reader.closing();
  return {
    prefix: open.prefix,
    quote: open.quote,
    isRaw: open.isRaw,
    isFormat: true,
    isUnterminated: closing === undefined,
    pieces,
    start: node.start,
    end: closing ?? Math.max(endOf(node), pieces.at(-1)?.end ?? 0),
  };
}

/** Walks the tokens of one format string alongside its hole expressions (in source order, nested specs included). */
class FormatReader {
  readonly #source: Source;
  readonly #fields: readonly PyNode[];
  readonly #isRaw: boolean;
  #token: number;
  #field = 0;

  constructor(source: Source, node: PyFormatString, open: Opening) {
    this.#source = source;
    this.#fields = node.d.fieldExprs;
    this.#isRaw = open.isRaw;
    this.#token = tokenIndexAt(source.tokens, node.start) + 1;
  }

  pieces(isSpec: boolean): readonly StringPiece[] {
    const pieces: StringPiece[] = [];
    for (;;) {
      const token = this.#peek();
      if (token?.type === T.FStringMiddle) {
        this.#token++;
        if (token.length > 0) pieces.push(this.#text(token, isSpec));
      } else if (token?.type === T.OpenBrace) pieces.push(this.#hole(token.start));
      else return exactly(pieces);
    }
  }

  /** End of the closing quote, or undefined when it is missing. */
  closing(): number | undefined {
    const token = this.#peek();
    return token?.type === T.FStringEnd && token.length > 0 ? endOf(token) : undefined;
  }

  #peek(): PyToken | undefined {
    return this.#source.tokens[this.#token];
  }

  #text(token: PyToken, isSpec: boolean): StringPiece {
    const { start } = token;
    const end = endOf(token);
    const value = cook(this.#source.text, start, end, {
      isRaw: this.#isRaw,
      isBytes: false,
      isFormat: !isSpec,
    });
    return { kind: 'Text', start, end, value };
  }

  #hole(start: number): HolePiece {
    this.#token++;
    const field = this.#fields[this.#field++];
    const expression = this.#expression(field, start + 1);
    let isDebug = false;
    let conversion: HolePiece['conversion'];
    let spec: readonly StringPiece[] | undefined;
    if (this.#peek()?.type === T.Operator && this.#peek()?.operatorType === ASSIGN) {
      this.#token++;
      isDebug = true;
    }
    if (this.#peek()?.type === T.Exclamation) {
      this.#token++;
      conversion = this.#conversion();
    }
    if (this.#peek()?.type === T.Colon) {
      this.#token++;
      spec = this.pieces(true);
    }
    if (this.#peek()?.type !== T.CloseBrace) this.#skipFaulty();
    const last = this.#peek();
    const isClosed = last?.type === T.CloseBrace;
    if (isClosed) this.#token++;
    const end = isClosed ? endOf(last) : Math.max(expression.end, last?.start ?? expression.end);
    return {
      kind: 'Hole',
      start,
      end,
      expression,
      isDebug,
      ...(conversion && { conversion }),
      ...(spec && { spec }),
    };
  }

  #expression(field: PyNode | undefined, offset: number): Expression {
    if (!field) return { kind: 'ErrorExpression', children: [], start: offset, end: offset };
    const lowered = lowerExpression(this.#source, field);
    if (field.nodeType === N.Error) {
      // As the parser does: a faulty hole ends at its brace, or at the end of the string.
      this.#skipFaulty();
      const end = Math.min(lowered.end, this.#peek()?.start ?? lowered.end);
      return { ...lowered, start: Math.min(lowered.start, end), end };
    }
    const end = endOf(field);
    while ((this.#peek()?.start ?? end) < end) this.#token++;
    return lowered;
  }

  #skipFaulty(): void {
    for (let braces = 0, strings = 0; ; this.#token++) {
      const type = this.#peek()?.type;
      if (type === undefined || type === T.NewLine || type === T.End) return;
      if (type === T.FStringStart) strings++;
      if (type === T.FStringEnd && strings-- === 0) return;
      if (type === T.OpenBrace) braces++;
      if (type === T.CloseBrace && braces-- === 0) return;
    }
  }

  #conversion(): HolePiece['conversion'] {
    const token = this.#peek();
    if (token?.type !== T.Identifier) return undefined;
    this.#token++;
    const name = this.#source.text.slice(token.start, endOf(token));
    return name === 'r' || name === 's' || name === 'a' ? name : undefined;
  }
}

interface CookOptions {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  /** `{{` and `}}` stand for one brace. */
  readonly isFormat: boolean;
}

const NEEDS_COOKING = /[\\\r]/;
const NEEDS_COOKING_FORMAT = /[\\\r{}]/;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE =
  /\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])|\r\n?|\{\{|\}\}/g;

/** The value of literal text, escapes decoded. A `\N{name}` becomes U+FFFD: names of characters are not known here. */
export function cook(text: string, start: number, end: number, options: CookOptions): string {
  const raw = text.slice(start, end);
  if (!(options.isFormat ? NEEDS_COOKING_FORMAT : NEEDS_COOKING).test(raw)) return detached(raw);
  return raw.replace(ESCAPE, (match) => {
    const first = match[0];
    if (first === '\r') return '\n';
    if (first === '{' || first === '}') return options.isFormat ? first : match;
    return options.isRaw ? match.replace(/\r\n?/, '\n') : unescaped(match, options.isBytes);
  });
}

function unescaped(sequence: string, isBytes: boolean): string {
  const kind = sequence[1] as string;
  const simple = SIMPLE_ESCAPES[kind];
  if (simple !== undefined && sequence.length === 2) return simple;
  if (kind === '\n' || kind === '\r') return '';
  if (kind >= '0' && kind <= '7') return String.fromCharCode(Number.parseInt(sequence.slice(1), 8));
  if (kind === 'x' && sequence.length > 2) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  if (isBytes) return sequence;
  if (kind === 'N' && sequence.length > 2) return '\ufffd';
  if ((kind === 'u' || kind === 'U') && sequence.length > 2) {
    const point = Number.parseInt(sequence.slice(2), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return sequence;
}

/** Turns the parser's `case` patterns into Moat's. */
import type { Pattern } from './ast';
import { lowerExpression } from './lowerExpression';
import type { PyErrorNode, PyPattern, PyPatternAs, PyPatternClass, PyPatternMapping } from './pyright';
import { N } from './pyrightKinds';
import {
  afterChar,
  endOf,
  innerEnd,
  innerStart,
  pyRange,
  type Source,
  skipTrivia,
  toIdentifier,
} from './source';

export function lowerPattern(source: Source, node: PyPattern): Pattern {
  switch (node.nodeType) {
    case N.PatternAs:
      return lowerAs(source, node);
    case N.PatternSequence: {
      const isOpen = source.text[node.start] !== '[' && source.text[node.start] !== '(';
      const end = isOpen ? afterChar(source.text, endOf(node), ',') : endOf(node);
      const elements = node.d.entries.map((entry) => lowerPattern(source, entry));
      return { kind: 'SequencePattern', elements, start: node.start, end };
    }
    case N.PatternLiteral:
    case N.PatternValue: {
      const value = lowerExpression(source, node.d.expr);
      return { kind: 'ValuePattern', value, start: innerStart(node.d.expr), end: innerEnd(node.d.expr) };
    }
    case N.PatternCapture: {
      const name = node.d.isWildcard ? undefined : toIdentifier(node.d.target);
      return {
        kind: node.d.isStar ? 'StarPattern' : 'CapturePattern',
        ...pyRange(node),
        ...(name && { name }),
      };
    }
    case N.PatternClass:
      return lowerClass(source, node);
    case N.PatternMapping:
      return lowerMapping(source, node);
    case N.Error:
      return emptyMapping(source, node) ?? { kind: 'ErrorPattern', ...pyRange(node) };
  }
}

/** The parser has no node for `{}`: it makes an error of the closing brace. */
function emptyMapping(source: Source, node: PyErrorNode): Pattern | undefined {
  if (source.text[node.start] !== '}') return undefined;
  const start = source.text.lastIndexOf('{', node.start);
  if (start < 0 || skipTrivia(source.text, start + 1) !== node.start) return undefined;
  return { kind: 'MappingPattern', entries: [], start, end: node.start + 1 };
}

/** The parser wraps every pattern in an `as` node, whose range includes parentheses. */
function lowerAs(source: Source, node: PyPatternAs): Pattern {
  const { orPatterns, target } = node.d;
  const alternatives = orPatterns.map((pattern) => lowerPattern(source, pattern));
  const first = orPatterns[0];
  const last = orPatterns.at(-1);
  if (!first || !last) return { kind: 'ErrorPattern', ...pyRange(node) };
  const [only] = alternatives;
  const pattern: Pattern =
    only && alternatives.length === 1
      ? only
      : { kind: 'OrPattern', alternatives, start: first.start, end: endOf(last) };
  if (!target) return pattern;
  return { kind: 'AsPattern', pattern, name: toIdentifier(target), start: first.start, end: endOf(target) };
}

function lowerClass(source: Source, node: PyPatternClass): Pattern {
  const args = node.d.args.map((arg) => {
    const name = arg.d.name && toIdentifier(arg.d.name);
    return { pattern: lowerPattern(source, arg.d.pattern), ...(name && { name }) };
  });
  const name = lowerExpression(source, node.d.className);
  return { kind: 'ClassPattern', class: name, args, ...pyRange(node) };
}

function lowerMapping(source: Source, node: PyPatternMapping): Pattern {
  const entries = [];
  let rest: ReturnType<typeof toIdentifier> | undefined;
  for (const entry of node.d.entries) {
    if (entry.nodeType === N.PatternRest) rest = toIdentifier(entry.d.target);
    if (entry.nodeType !== N.PatternKey) continue;
    const { keyPattern, valuePattern } = entry.d;
    const key =
      keyPattern.nodeType === N.PatternLiteral || keyPattern.nodeType === N.PatternValue
        ? lowerExpression(source, keyPattern.d.expr)
        : ({ kind: 'ErrorExpression', children: [], ...pyRange(keyPattern) } as const);
    entries.push({ key, pattern: lowerPattern(source, valuePattern) });
  }
  return { kind: 'MappingPattern', entries, ...pyRange(node), ...(rest && { rest }) };
}

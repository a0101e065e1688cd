/** Text made by `%` and `.format`: literal pieces and the values that go into them. */

import type { Expression } from '../syntax/python/ast';
import { elementValue } from './evaluate';
import type { Frame } from './machine';
import { listedAsText } from './special';
import { CLEAN, type TextPart, textParts, type Value } from './values';

const CONVERSION = /%(?:\((\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g;

/** `template % right`. Undefined when the template is not known. Numeric conversions end untrusted text. */
export function percentParts(left: Value, right: Value): readonly TextPart[] | undefined {
  const template = textParts(left);
  if (!template.some((part) => 'text' in part)) return undefined;
  let index = 0;
  const take = (name: string | undefined): Value => {
    const entries = right.contents?.entries;
    if (name !== undefined)
      return entries?.get(`k:${name}`) ?? right.contents?.rest ?? withoutContents(right);
    const position = index++;
    if (right.contents === undefined) return right;
    return entries?.get(`i:${position}`) ?? right.contents.rest ?? CLEAN;
  };
  return template.flatMap((part) => ('text' in part ? percentText(part.text, take) : [part]));
}

function percentText(text: string, take: (name: string | undefined) => Value): TextPart[] {
  const parts: TextPart[] = [];
  let position = 0;
  for (const match of text.matchAll(CONVERSION)) {
    parts.push({ text: text.slice(position, match.index) });
    position = match.index + match[0].length;
    if (match[2] === '%') parts.push({ text: '%' });
    else {
      const value = take(match[1]);
      const isText = 'rsa'.includes(match[2] as string);
      parts.push({ hole: isText ? listedAsText(value) : CLEAN });
    }
  }
  return [...parts, { text: text.slice(position) }];
}

function withoutContents(value: Value): Value {
  return { taints: value.taints, refs: [] };
}

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}/g;

/** `template.format(*positional, **named)`. */
export function formatParts(
  node: Expression,
  template: Value,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value>,
  spread: Value | undefined,
  frame: Frame,
): readonly TextPart[] {
  let index = 0;
  const take = (field: string): Value => {
    const [head = '', ...path] = field.split(/[.[]/);
    const position = head === '' ? index++ : Number(head);
    let value = Number.isInteger(position) ? positional[position] : named.get(head);
    value ??=
      spread === undefined
        ? undefined
        : (spread.contents?.entries.get(`k:${head}`) ?? withoutContents(spread));
    if (value === undefined) return CLEAN;
    return path.length === 0 ? value : elementValue(node, withoutContents(value), undefined, frame);
  };
  return textParts(template).flatMap((part) => ('text' in part ? formatText(part.text, take) : [part]));
}

function formatText(text: string, take: (field: string) => Value): TextPart[] {
  const parts: TextPart[] = [];
  let position = 0;
  for (const match of text.matchAll(FIELD)) {
    parts.push({ text: text.slice(position, match.index) });
    position = match.index + match[0].length;
    if (match[0] === '{{' || match[0] === '}}') parts.push({ text: match[0][0] as string });
    else {
      const value = take(match[1] ?? '');
      const isNumeric = /[bcdeEfFgGnoxX%]$/.test(match[3] ?? '');
      parts.push({ hole: isNumeric ? CLEAN : listedAsText(value) });
    }
  }
  return [...parts, { text: text.slice(position) }];
}

/** What the rules on addresses in templates share: how much of the address an output decides. */
import type { OutputHit } from '../flow/templates';
import { activeTaints, isUnknownFor, type Taint, textParts, type Value } from '../flow/values';
import { sourceOf } from './sourceOf';

/** Stands for a value of the developer's whose text is not known. */
const PLACEHOLDER = '\uFFFC';

/** The text in front of the first piece of a value that may come from outside, markup around it included. */
export function textBefore({ output: { context }, value }: OutputHit): string {
  let before = context.kind === 'attribute' ? context.prefix : '';
  for (const part of textParts(value)) {
    if ('text' in part) before += part.text;
    else if (isOutside(part.hole)) return before;
    else before += PLACEHOLDER;
  }
  return before;
}

function isOutside(value: Value): boolean {
  return activeTaints(value, 'link').length > 0 || isUnknownFor(value, 'link');
}

/** What a browser says of its own request begins with `http` or `/`, whoever asks. */
const OWN_SOURCES = new Set(['the address of this request', 'the Host header', 'the Referer header']);

export function isFreeAddress(taint: Taint): boolean {
  return !OWN_SOURCES.has(sourceOf(taint)) && !/\brequest\.(path|full_path)$/.test(taint.label);
}

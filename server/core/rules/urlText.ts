/** How much of a URL untrusted text decides, read off the pieces it was built from. */
import { textParts, type Value } from '../flow/values';

/** `address`: where it leads. `path`: a part of the path on a host that the code chose. `query`: behind `?` or `#`. */
export type UrlPart = 'address' | 'path' | 'query';

/** Stands for a value of the developer's whose text is not known. */
const PLACEHOLDER = '\uFFFC';

/** The part in which the first piece that `isUntrusted` stands. */
export function decidedPart(url: Value, isUntrusted: (piece: Value) => boolean): UrlPart {
  let before = '';
  for (const part of textParts(url)) {
    if ('text' in part) before += part.text;
    else if (isUntrusted(part.hole)) return partBehind(before);
    else before += PLACEHOLDER;
  }
  return 'address';
}

function partBehind(text: string): UrlPart {
  const start = text.trimStart();
  if (isOpen(start)) return 'address';
  return /[?#]/.test(start) ? 'query' : 'path';
}

/** True if untrusted text behind `before` decides the host, or the whole address. */
export function decidesAddress(before: string): boolean {
  return isOpen(before.trimStart());
}

/** True while what follows still decides the host: `""`, `"/"`, `"https://api."`. A browser reads `/\` as `//`. */
function isOpen(text: string): boolean {
  return /^(?:https?|(?:[a-z][a-z0-9+.-]*:)?(?:[/\\]?|[/\\]{2}[^/\\?#]*))$/i.test(text);
}

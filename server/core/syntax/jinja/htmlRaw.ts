/** The end of raw text: of a script, a style, a title and the like. */
import type { HtmlState } from './htmlState';

/** Offset of the closing `</element` in `[from, to)`, or `to`. Notes in `state` a script's `<!-- <script>`,
 *  inside of which `</script>` does not close the script. */
export function endOfRaw(state: HtmlState, text: string, from: number, to: number): number {
  if (state.rawElement === 'plaintext') return to;
  const isScript = state.rawElement === 'script';
  for (let offset = from; offset < to; offset++) {
    const code = text.charCodeAt(offset);
    if (isScript && code === 45 && state.scriptEscape !== 0 && isAt(text, '-->', offset, to))
      state.scriptEscape = 0;
    if (code !== 60) continue;
    if (text.charCodeAt(offset + 1) === 47 && isElementName(text, state.rawElement, offset + 2, to)) {
      if (state.scriptEscape !== 2) return offset;
      state.scriptEscape = 1;
    } else if (isScript && state.scriptEscape === 0 && isAt(text, '<!--', offset, to)) {
      // `<!-->` opens and closes at once.
      state.scriptEscape = isAt(text, '<!-->', offset, to) || isAt(text, '<!--->', offset, to) ? 0 : 1;
    } else if (isScript && state.scriptEscape === 1 && isElementName(text, 'script', offset + 1, to))
      state.scriptEscape = 2;
  }
  return to;
}

function isAt(text: string, piece: string, offset: number, to: number): boolean {
  return offset + piece.length <= to && text.startsWith(piece, offset);
}

/** True if the whole name stands there, in any case: `</scripted` closes nothing. */
function isElementName(text: string, name: string, offset: number, to: number): boolean {
  const end = offset + name.length;
  if (end > to || text.slice(offset, end).toLowerCase() !== name) return false;
  // An output would go on with the name; any other tag of Jinja writes nothing.
  return end === to ? !text.startsWith('{{', end) : /[\s/>]/.test(text.charAt(end));
}

/** Bytes of a file to text and back, the way Python reads its own source.
 *  A BOM is not part of the text (editors never show it), so offsets are the same in the editor and here. */

export interface DecodedText {
  readonly text: string;
  /** `utf-8` and `latin-1` can be written back; other names of Python's coding cookie can only be read. */
  readonly encoding: string;
  readonly hasBom: boolean;
}

export type DecodeResult =
  | { readonly kind: 'text'; readonly value: DecodedText }
  /** `message` is a predicate to follow the file's name. */
  | { readonly kind: 'refused'; readonly reason: 'binary' | 'encoding'; readonly message: string };

const BOM = '\uFEFF';

/** @see https://peps.python.org/pep-0263/ : only in the first two lines, and only inside a comment. */
const CODING_COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

const LATIN_1_NAMES = /^(?:latin-?1|iso-?8859-?1|iso8859|l1|cp819|8859)$/;
const UTF_8_NAMES = /^(?:utf-?8(?:-sig)?|u8|ascii|us-ascii)$/;

export function decodeText(bytes: Uint8Array): DecodeResult {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return refused('encoding', `is ${wide}, not UTF-8`);
  if (bytes.includes(0)) return refused('binary', 'is a binary file');
  const utf8 = tryDecode('utf-8', bytes);
  if (utf8 !== undefined) {
    const hasBom = utf8.startsWith(BOM);
    return accepted(hasBom ? utf8.slice(1) : utf8, 'utf-8', hasBom);
  }
  return decodeByCookie(bytes);
}

/** Undefined when the text cannot be written in its encoding. */
export function encodeText({ text, encoding, hasBom }: DecodedText): Uint8Array | undefined {
  if (encoding === 'utf-8') return new TextEncoder().encode(hasBom ? BOM + text : text);
  if (encoding !== 'latin-1') return undefined;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

function decodeByCookie(bytes: Uint8Array): DecodeResult {
  const cookie = codingCookie(bytes);
  if (cookie === undefined || UTF_8_NAMES.test(cookie))
    return refused('encoding', 'is not valid UTF-8, and names no other encoding');
  if (LATIN_1_NAMES.test(cookie)) return accepted(fromLatin1(bytes), 'latin-1', false);
  const text = tryDecode(cookie, bytes);
  if (text === undefined)
    return refused(
      'encoding',
      `says that its encoding is ${cookie}, which is unknown or does not fit its bytes`,
    );
  return accepted(text, cookie, false);
}

function codingCookie(bytes: Uint8Array): string | undefined {
  const [first = '', second = ''] = fromLatin1(bytes.subarray(0, 1024)).split(/\r\n|\r|\n/, 2);
  const inFirst = CODING_COOKIE.exec(first)?.[1];
  // The second line counts only under a first one that is blank or a comment.
  const match = inFirst ?? (/^[ \t\f]*(?:#|$)/.test(first) ? CODING_COOKIE.exec(second)?.[1] : undefined);
  return match
    ?.toLowerCase()
    .replaceAll('_', '-')
    .replace(/-(?:unix|dos|mac)$/, '');
}

function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 (little-endian)';
  if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian)';
  return undefined;
}

function tryDecode(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // An unknown label (RangeError) or bytes that do not fit (TypeError): the caller says which file.
    return undefined;
  }
}

function accepted(text: string, encoding: string, hasBom: boolean): DecodeResult {
  return { kind: 'text', value: { text, encoding, hasBom } };
}

function refused(reason: 'binary' | 'encoding', message: string): DecodeResult {
  return { kind: 'refused', reason, message };
}

/** A short name for a text, the same on every machine. Not for secrets: it can be turned round by trying. */

/** 16 hex digits: FNV-1a in two 32-bit lanes. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x85ebca6b);
  }
  return hex(a) + hex(b);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** Where the data of a taint came from, as its first step says. */
import type { Taint } from '../flow/values';

/** The words of the source's row, such as `the uploaded files`. */
export function sourceOf(taint: Taint): string {
  let first = taint.last;
  while (first?.previous !== undefined) first = first.previous;
  return first?.message.replace(/^.* is read from /, '') ?? '';
}

/** A name inside of an archive. */
export function isFromArchive(taint: Taint): boolean {
  return sourceOf(taint) === 'an archive';
}

/** The name, type or content of an uploaded file. */
export function isFromUpload(taint: Taint): boolean {
  return sourceOf(taint) === 'the uploaded files';
}

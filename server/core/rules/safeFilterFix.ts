import type { MarkHit } from '../flow/templates';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

export function fixSafeFilter(_context: FileContext, _mark: MarkHit): readonly FixOutcome[] {
  return [];
}

import type { SinkHit } from '../flow/machine';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

export function fixMarkup(_context: FileContext, _hit: SinkHit): readonly FixOutcome[] {
  return [];
}

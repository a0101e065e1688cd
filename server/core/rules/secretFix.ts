import type { FileContext } from './context';
import type { FixOutcome } from './rule';
import type { SecretSetting } from './secretKeys';

export function fixSecret(_context: FileContext, _setting: SecretSetting): readonly FixOutcome[] {
  return [];
}

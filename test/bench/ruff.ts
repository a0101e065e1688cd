/** The anchor for checks of one file: Ruff's security rules (no data flow) in WebAssembly, in the same process. */
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

export interface Ruff {
  readonly name: string;
  check(text: string): unknown;
}

export function createRuff(): Ruff {
  const workspace = new Workspace(
    { 'target-version': 'py312', lint: { select: ['S'] } },
    PositionEncoding.Utf16,
  );
  return { name: `ruff-wasm ${Workspace.version()}`, check: (text) => workspace.check(text) };
}

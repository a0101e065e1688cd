/** Names of what results can be made from. */
import type { FilePath } from '../base/filePath';

/** Much is made from these, and most edits leave alone what they stand for. */
export const APP_KEYS = ['app', 'imports'];

export function nameKey(file: FilePath, name: string): string {
  return `name:${file}:${name}`;
}

export function attributeKey(attribute: string): string {
  return `attribute:${attribute}`;
}

export function stateKey(name: string): string {
  return `state:${name}`;
}

export function bodyKey(file: FilePath, name: string): string {
  return `body:${file}:${name}`;
}

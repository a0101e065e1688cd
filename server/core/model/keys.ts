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

/** What is known of the app that a file is a part of: a key that is made from others, as the next one. */
export function factsKey(file: FilePath): string {
  return `facts:${file}`;
}

/** The statement of a file that makes an app first. */
export function firstAppKey(file: FilePath): string {
  return `firstApp:${file}`;
}

export function isMadeKey(key: string): boolean {
  return key.startsWith('facts:') || key.startsWith('firstApp:');
}

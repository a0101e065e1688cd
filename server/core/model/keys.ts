/** Names of what results can be made from. */
import { basename, type FilePath } from '../base/filePath';

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

/** Statements of a file that may tell something about its app. */
export function appInKey(file: FilePath): string {
  return `appIn:${file}`;
}

/** What a file imports or loads settings from. */
export function importsInKey(file: FilePath): string {
  return `importsIn:${file}`;
}

/** What a file says of its app: a key that is made from others, as the next ones. */
export function partsKey(file: FilePath): string {
  return `parts:${file}`;
}

/** What is known of the app that a file is a part of. */
export function factsKey(file: FilePath): string {
  return `facts:${file}`;
}

/** The statement of a file that makes an app first. */
export function firstAppKey(file: FilePath): string {
  return `firstApp:${file}`;
}

/** Templates whose path ends as a name or path does. */
export function templateKey(name: string): string {
  return `template:${basename(name)}`;
}

/** True for keys that only facts of the app are made from. */
export function isInnerKey(key: string): boolean {
  return /^(?:appIn|importsIn):/.test(key);
}

export function isMadeKey(key: string): boolean {
  return /^(?:parts|facts|firstApp):/.test(key);
}

/** The tree of a TOML file: values, each with its place, and what is wrong with the text. */
import type { Range } from '../../base/range';

export type TomlNode = TomlTable | TomlArray | TomlString | TomlNumber | TomlBoolean | TomlDate;

export interface TomlTable {
  readonly kind: 'table';
  /** Of an inline table its braces, of any other the header that opened it; the file's start for the root. */
  readonly range: Range;
  readonly entries: readonly TomlEntry[];
  readonly isInline: boolean;
}

export interface TomlEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: TomlNode;
}

export interface TomlArray {
  readonly kind: 'array';
  readonly range: Range;
  readonly items: readonly TomlNode[];
}

export interface TomlString {
  readonly kind: 'string';
  /** With its quotes. */
  readonly range: Range;
  readonly value: string;
}

export interface TomlNumber {
  readonly kind: 'number';
  readonly range: Range;
  readonly value: number;
}

export interface TomlBoolean {
  readonly kind: 'boolean';
  readonly range: Range;
  readonly value: boolean;
}

/** A date or time, as it is written. */
export interface TomlDate {
  readonly kind: 'date';
  readonly range: Range;
  readonly value: string;
}

export interface TomlProblem {
  readonly range: Range;
  /** One sentence for a person. */
  readonly message: string;
}

/** A `[header]`, in the order of the file. */
export interface TomlHeader {
  readonly path: readonly string[];
  readonly range: Range;
  readonly isArray: boolean;
}

export interface TomlDocument {
  readonly root: TomlTable;
  readonly headers: readonly TomlHeader[];
  readonly problems: readonly TomlProblem[];
}

export function entryOf(table: TomlNode | undefined, key: string): TomlEntry | undefined {
  return table?.kind === 'table' ? table.entries.find((entry) => entry.key === key) : undefined;
}

/** The value under a path of keys. */
export function valueAt(table: TomlNode | undefined, path: readonly string[]): TomlNode | undefined {
  return path.reduce<TomlNode | undefined>((node, key) => entryOf(node, key)?.value, table);
}

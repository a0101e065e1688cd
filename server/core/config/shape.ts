/** What values a key may have, as data: read by the validator, by completion and by the generator of the JSON schema. */

export type Shape =
  | { readonly is: 'boolean' | 'text' | 'number' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'list'; readonly of: Shape }
  /** Free keys, each with a value of one shape. */
  | { readonly is: 'map'; readonly keys: KeySort; readonly of: Shape }
  | { readonly is: 'record'; readonly fields: Readonly<Record<string, Field>> }
  /** The first that fits the sort of value counts. */
  | { readonly is: 'either'; readonly of: readonly Shape[] };

/** What the keys of a map name: a rule (or `*`), files, or something in Python. */
export type KeySort = 'rule' | 'new-rule' | 'glob' | 'name';

export interface Field {
  readonly shape: Shape;
  /** One or two sentences, Markdown. */
  readonly doc: string;
  readonly isRequired?: boolean;
  /** As it counts when nothing is said. */
  readonly default?: unknown;
}

export const BOOLEAN: Shape = { is: 'boolean' };
export const TEXT: Shape = { is: 'text' };
export const TEXTS: Shape = { is: 'list', of: TEXT };

export function choice(of: readonly string[]): Shape {
  return { is: 'choice', of };
}

export function either(...of: readonly Shape[]): Shape {
  return { is: 'either', of };
}

export function mapOf(keys: KeySort, of: Shape): Shape {
  return { is: 'map', keys, of };
}

export function record(fields: Readonly<Record<string, Field>>): Shape {
  return { is: 'record', fields };
}

/** `minSeverity` as `min-severity`: editors spell keys the one way, files the other, and both are understood. */
export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function camel(key: string): string {
  return key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The shape of what lies under a path of keys; undefined where nothing may lie. */
export function shapeAt(shape: Shape, path: readonly string[]): Shape | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return shape;
  switch (shape.is) {
    case 'record': {
      const field = shape.fields[kebab(key)];
      return field && shapeAt(field.shape, rest);
    }
    case 'map':
      return shapeAt(shape.of, rest);
    case 'list':
      return shapeAt(shape.of, path);
    case 'either':
      for (const one of shape.of) {
        const found = shapeAt(one, path);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** The declaration of the key that a path ends in, and whether it may be left out. */
export function fieldAt(shape: Shape, path: readonly string[]): Field | undefined {
  const owner = shapeAt(shape, path.slice(0, -1));
  const key = kebab(path.at(-1) ?? '');
  for (const one of owner?.is === 'either' ? owner.of : owner === undefined ? [] : [owner])
    if (one.is === 'record' && one.fields[key] !== undefined) return one.fields[key];
  return undefined;
}

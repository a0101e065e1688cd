/** Reads a command's arguments. A mistake is a value that says what is wrong and what would be right. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SEVERITIES, type Severity } from '../core/index';
import { closest } from './closest';

export type OptionSpecs = NonNullable<ParseArgsConfig['options']>;

export interface Arguments {
  readonly positionals: readonly string[];
  /** The last value given; undefined where the option is absent. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
  list(name: string): readonly string[];
}

export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'mistake'; readonly message: string };

export function parseArguments(argv: readonly string[], options: OptionSpecs): Parsed<Arguments> {
  const unknown = firstUnknownOption(argv, options);
  if (unknown !== undefined) {
    const guess = closest(
      unknown,
      Object.keys(options).map((name) => `--${name}`),
    );
    return mistake(
      `There is no option ${unknown} here.${guess === undefined ? '' : ` Did you mean ${guess}?`}`,
    );
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    return value({
      positionals,
      text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
      flag: (name) => values[name] === true,
      list: (name) => {
        const given = values[name];
        return Array.isArray(given) ? given.map(String) : [];
      },
    });
  } catch (error) {
    // parseArgs throws for a missing or a superfluous value; its first sentence names the option.
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return mistake(message.replace(/\s*To specify.*$/, '').replace(/([^.])$/, '$1.'));
  }
}

/** One of the given words. */
export function choice<T extends string>(
  option: string,
  given: string | undefined,
  choices: readonly T[],
  fallback: T,
): Parsed<T> {
  if (given === undefined) return value(fallback);
  const found = choices.find((each) => each === given);
  return found === undefined
    ? mistake(
        `--${option} cannot be "${given}". Use ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`,
      )
    : value(found);
}

/** True if `severity` is as bad as `limit` or worse. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}

export function value<T>(given: T): Parsed<T> {
  return { kind: 'value', value: given };
}

export function mistake(message: string): { readonly kind: 'mistake'; readonly message: string } {
  return { kind: 'mistake', message };
}

function firstUnknownOption(argv: readonly string[], options: OptionSpecs): string | undefined {
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option' && !(token.name in options)) return token.rawName;
  return undefined;
}

/** A cursor over the tokens of one tag that also collects the tag's problems. */
import type { Range } from '../../base/range';
import type { TemplateProblem } from './ast';
import type { Token } from './tokens';

export class TokenStream {
  readonly #tokens: readonly Token[];
  readonly #problems: TemplateProblem[];
  /** Where a missing operand is said to be when no token is left. */
  readonly #startOffset: number;
  #index = 0;
  #isQuiet = false;

  constructor(tokens: readonly Token[], startOffset: number, problems: TemplateProblem[]) {
    this.#tokens = tokens;
    this.#startOffset = startOffset;
    this.#problems = problems;
  }

  get current(): Token | undefined {
    return this.#tokens[this.#index];
  }

  get isAtEnd(): boolean {
    return this.#index >= this.#tokens.length;
  }

  /** End of the token before the cursor. */
  get previousEnd(): number {
    return this.#tokens[this.#index - 1]?.end ?? this.#startOffset;
  }

  /** Start of the token at the cursor, or the end of the last one. */
  get offset(): number {
    return this.current?.start ?? this.previousEnd;
  }

  peek(distance: number): Token | undefined {
    return this.#tokens[this.#index + distance];
  }

  advance(): Token | undefined {
    const token = this.#tokens[this.#index];
    if (token !== undefined) this.#index++;
    return token;
  }

  skipToEnd(): void {
    this.#index = this.#tokens.length;
  }

  isOperator(value: string): boolean {
    return this.current?.type === 'operator' && this.current.value === value;
  }

  isName(value: string): boolean {
    return this.current?.type === 'name' && this.current.value === value;
  }

  takeOperator(value: string): boolean {
    if (!this.isOperator(value)) return false;
    this.#index++;
    return true;
  }

  takeName(value: string): boolean {
    if (!this.isName(value)) return false;
    this.#index++;
    return true;
  }

  /** The name at the cursor, or undefined and a problem. */
  expectName(what: string): Token | undefined {
    if (this.current?.type === 'name') return this.advance();
    this.problem(`Expected ${what}`);
    return undefined;
  }

  expectOperator(value: string): boolean {
    if (this.takeOperator(value)) return true;
    this.problem(`Expected '${value}'`);
    return false;
  }

  /** Runs `read` without recording problems: for tags of extensions, whose grammar is unknown. */
  quietly<T>(read: () => T): T {
    const before = this.#isQuiet;
    this.#isQuiet = true;
    const value = read();
    this.#isQuiet = before;
    return value;
  }

  problem(message: string, where?: Range): void {
    if (this.#isQuiet) return;
    const start = where?.start ?? this.offset;
    const end = where?.end ?? this.current?.end ?? start;
    this.#problems.push({ start, end, message });
  }
}

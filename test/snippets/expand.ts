/** Expands a snippet body the way an editor does before anybody types: placeholders become their defaults, mirrors
 *  repeat them, choices become one of their options. Variables and transformations are not supported and throw.
 *  @see https://code.visualstudio.com/docs/editing/userdefinedsnippets#_snippet-syntax */

export interface Expansion {
  readonly text: string;
  /** Numbers of the tab stops, sorted, each once. */
  readonly stops: readonly number[];
  /** How many options the longest choice has; 1 without a choice. */
  readonly nOptions: number;
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stop'; readonly stop: number; readonly body: readonly Part[] | undefined }
  | { readonly kind: 'choice'; readonly stop: number; readonly options: readonly string[] };

/** `optionIndex` says which option every choice takes; the last one where there are fewer. */
export function expandSnippet(body: string, optionIndex = 0): Expansion {
  const parts = new SnippetParser(body).parse();
  const defaults = new Map<number, string>();
  const stops = new Set<number>();
  let nOptions = 1;
  const collect = (part: Part): void => {
    if (part.kind === 'text') return;
    stops.add(part.stop);
    if (part.kind === 'choice') {
      nOptions = Math.max(nOptions, part.options.length);
      defaults.set(part.stop, part.options[Math.min(optionIndex, part.options.length - 1)] ?? '');
    } else if (part.body !== undefined) {
      part.body.forEach(collect);
      if (!defaults.has(part.stop)) defaults.set(part.stop, part.body.map(render).join(''));
    }
  };
  const render = (part: Part): string => {
    return part.kind === 'text' ? part.text : (defaults.get(part.stop) ?? '');
  };
  parts.forEach(collect);
  return { text: parts.map(render).join(''), stops: [...stops].sort((a, b) => a - b), nOptions };
}

class SnippetParser {
  readonly #body: string;
  #offset = 0;

  constructor(body: string) {
    this.#body = body;
  }

  parse(): readonly Part[] {
    return this.#parts(() => this.#offset >= this.#body.length);
  }

  #parts(isAtEnd: () => boolean): readonly Part[] {
    const parts: Part[] = [];
    while (!isAtEnd()) {
      if (this.#offset >= this.#body.length) throw new Error(`a placeholder is not closed in ${this.#body}`);
      parts.push(this.#body[this.#offset] === '$' ? this.#dollar() : this.#character());
    }
    return parts;
  }

  #character(): Part {
    const [escaped] = /^\\[$}\\]/.exec(this.#rest()) ?? [];
    const text = escaped === undefined ? (this.#body[this.#offset] ?? '') : escaped.slice(1);
    this.#offset += escaped?.length ?? 1;
    return { kind: 'text', text };
  }

  #dollar(): Part {
    const bare = this.#take(/^\$(\d+)/) ?? this.#take(/^\$\{(\d+)\}/);
    if (bare) return { kind: 'stop', stop: Number(bare[1]), body: undefined };
    const choice = this.#take(/^\$\{(\d+)\|([^|]*)\|\}/);
    if (choice) return { kind: 'choice', stop: Number(choice[1]), options: (choice[2] ?? '').split(',') };
    const placeholder = this.#take(/^\$\{(\d+):/);
    if (!placeholder) throw new Error(`not a tab stop: ${this.#rest().slice(0, 20)}`);
    const body = this.#parts(() => this.#body[this.#offset] === '}');
    this.#offset++;
    return { kind: 'stop', stop: Number(placeholder[1]), body };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#rest()) ?? undefined;
    this.#offset += match?.[0].length ?? 0;
    return match;
  }

  #rest(): string {
    return this.#body.slice(this.#offset);
  }
}

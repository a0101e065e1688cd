/** What is known of one template: every `|safe` and every output in it, with the values of all renders joined. */
import type { FilePath } from '../base/filePath';
import type { JinjaFilter, Output } from '../syntax/jinja/ast';
import type { MarkHit, OutputHit, TemplateListener } from './templates';
import { join, type Value } from './values';

export interface TemplateLook {
  readonly marks: readonly MarkHit[];
  readonly outputs: readonly OutputHit[];
}

/** Listens to what is met in `file` alone; what is reached again joins its values. */
export class LookCollector implements TemplateListener {
  readonly #file: FilePath;
  readonly #marks = new Map<JinjaFilter, Value>();
  readonly #outputs = new Map<Output, Value>();

  constructor(file: FilePath) {
    this.#file = file;
  }

  onMark(file: FilePath, filter: JinjaFilter, value: Value): void {
    if (file === this.#file) add(this.#marks, filter, value);
  }

  onOutput(file: FilePath, output: Output, value: Value): void {
    if (file === this.#file) add(this.#outputs, output, value);
  }

  /** Joins what was met by another one. */
  addAll(other: LookCollector): void {
    for (const [filter, value] of other.#marks) add(this.#marks, filter, value);
    for (const [output, value] of other.#outputs) add(this.#outputs, output, value);
  }

  /** In source order. */
  look(): TemplateLook {
    const marks = [...this.#marks].map(([filter, value]) => ({ filter, value }));
    const outputs = [...this.#outputs].map(([output, value]) => ({ output, value }));
    return {
      marks: marks.sort((a, b) => a.filter.start - b.filter.start),
      outputs: outputs.sort((a, b) => a.output.start - b.output.start),
    };
  }
}

function add<K>(values: Map<K, Value>, key: K, value: Value): void {
  const known = values.get(key);
  values.set(key, known === undefined ? value : join(known, value));
}

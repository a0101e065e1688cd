/** Files for which a pulling client shows diagnostics. Clients forget result ids (VS Code does, when a tab closes),
 *  so the ids that they send do not tell what is on the screen; what was last answered does. */
export class ReportedFiles {
  readonly #uris = new Map<string, string>();

  /** The client has been given `nItems` diagnostics for the file. */
  note(key: string, uri: string, nItems: number): void {
    if (nItems > 0) this.#uris.set(key, uri);
    else this.#uris.delete(key);
  }

  has(key: string): boolean {
    return this.#uris.has(key);
  }

  /** Keys of all files that show something. */
  get keys(): readonly string[] {
    return [...this.#uris.keys()];
  }

  uriOf(key: string): string | undefined {
    return this.#uris.get(key);
  }
}

/** Files held in memory, for tests. Paths that tests mark as broken answer the problem they were given. */
import { URI } from 'vscode-uri';
import { type FileHost, isInSkippedFolder, type ListResult, problem, type ReadResult } from './host';
import { normalizeUri, relativePath } from './uri';

export class MemoryHost implements FileHost {
  readonly #files = new Map<string, string | ReadResult>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [uri, text] of Object.entries(files)) this.set(uri, text);
  }

  set(uri: string, content: string | ReadResult): void {
    this.#files.set(normalizeUri(uri), content);
  }

  delete(uri: string): void {
    this.#files.delete(normalizeUri(uri));
  }

  async list(rootUri: string): Promise<ListResult> {
    const root = URI.parse(rootUri);
    const files = [...this.#files.keys()]
      .map((uri) => relativePath(root, URI.parse(uri)))
      .filter((path) => path !== undefined)
      .filter((path) => !isInSkippedFolder(path))
      .sort();
    return { files, problems: [], isTruncated: false };
  }

  async read(uri: string): Promise<ReadResult> {
    const content = this.#files.get(normalizeUri(uri));
    if (content === undefined) return problem('missing', 'does not exist');
    return typeof content === 'string' ? { kind: 'text', text: content } : content;
  }
}

/** Files behind the client: the server asks, the editor's own file system answers. Serves browsers and
 *  virtual workspaces, where there is no disk. */
import {
  decodeBytes,
  type FileHost,
  type ListResult,
  MAX_FILE_BYTES,
  MAX_LISTED_FILES,
  problem,
  type ReadResult,
  SKIPPED_FOLDERS,
  tooLarge,
} from './host';

/** What this host needs of the client; the language server sends these as requests. */
export interface ClientFiles {
  listFiles(params: {
    readonly rootUri: string;
    readonly skippedFolders: readonly string[];
    readonly maxFiles: number;
  }): Promise<ListResult>;
  readFile(params: { readonly uri: string; readonly maxBytes: number }): Promise<ClientBytes>;
}

export type ClientBytes =
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly message: string };

export function createWebHost(client: ClientFiles): FileHost {
  return {
    list: async (rootUri) => {
      try {
        const params = { rootUri, skippedFolders: [...SKIPPED_FOLDERS], maxFiles: MAX_LISTED_FILES };
        const result = await client.listFiles(params);
        return { ...result, files: [...result.files].sort() };
      } catch (error) {
        return {
          files: [],
          problems: [{ path: '', message: `folder cannot be listed (${describe(error)})` }],
          isTruncated: false,
        };
      }
    },
    read: async (uri) => {
      try {
        return toReadResult(await client.readFile({ uri, maxBytes: MAX_FILE_BYTES }));
      } catch (error) {
        return problem('unreadable', `cannot be read (${describe(error)})`);
      }
    },
  };
}

function toReadResult(answer: ClientBytes): ReadResult {
  switch (answer.kind) {
    case 'bytes':
      return decodeBytes(Uint8Array.from(atob(answer.base64), (char) => char.charCodeAt(0)));
    case 'too-large':
      return tooLarge(answer.sizeBytes);
    case 'missing':
      return problem('missing', 'does not exist');
    case 'unreadable':
      return problem('unreadable', answer.message);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

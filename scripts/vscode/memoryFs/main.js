/** A small extension: a file system in memory for scheme `memory:`, filled from /workspace.json (base64 by path) of the
 *  page's server, with file and text search. */
const vscode = require('vscode');
const { FileType, FileChangeType, FileSystemError } = vscode;

class MemoryFileSystem {
  #changes = new vscode.EventEmitter();
  onDidChangeFile = this.#changes.event;
  #root = newFolder();

  /** @param {Record<string, string>} files */
  fill(files) {
    for (const [path, base64] of Object.entries(files)) {
      const parts = path.split('/');
      const name = parts.pop();
      let folder = this.#root;
      for (const part of parts) {
        if (!folder.entries.has(part)) folder.entries.set(part, newFolder());
        folder = folder.entries.get(part);
      }
      folder.entries.set(name, newFile(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))));
    }
  }

  /** Every file with its path. */
  *files(folder = this.#root, path = '') {
    for (const [name, node] of folder.entries) {
      if (node.entries) yield* this.files(node, `${path}/${name}`);
      else yield [`${path}/${name}`, node];
    }
  }

  watch() {
    return new vscode.Disposable(() => {});
  }

  stat(uri) {
    return this.#find(uri);
  }

  readDirectory(uri) {
    return [...this.#find(uri).entries].map(([name, node]) => [name, node.type]);
  }

  readFile(uri) {
    return this.#find(uri).bytes;
  }

  createDirectory(uri) {
    const [folder, name] = this.#parent(uri);
    folder.entries.set(name, newFolder());
    this.#fire(FileChangeType.Created, uri);
  }

  writeFile(uri, bytes, { create, overwrite }) {
    const [folder, name] = this.#parent(uri);
    const old = folder.entries.get(name);
    if (!old && !create) throw FileSystemError.FileNotFound(uri);
    if (old && create && !overwrite) throw FileSystemError.FileExists(uri);
    folder.entries.set(name, newFile(bytes, old?.ctime));
    this.#fire(old ? FileChangeType.Changed : FileChangeType.Created, uri);
  }

  delete(uri) {
    const [folder, name] = this.#parent(uri);
    if (!folder.entries.delete(name)) throw FileSystemError.FileNotFound(uri);
    this.#fire(FileChangeType.Deleted, uri);
  }

  rename(from, to) {
    const node = this.#find(from);
    const [target, targetName] = this.#parent(to);
    target.entries.set(targetName, node);
    this.#fire(FileChangeType.Created, to);
    this.delete(from);
  }

  #find(uri) {
    let node = this.#root;
    for (const part of uri.path.split('/').filter(Boolean)) {
      node = node.entries?.get(part);
      if (!node) throw FileSystemError.FileNotFound(uri);
    }
    return node;
  }

  #parent(uri) {
    const slash = uri.path.lastIndexOf('/');
    return [this.#find(uri.with({ path: uri.path.slice(0, slash) || '/' })), uri.path.slice(slash + 1)];
  }

  #fire(type, uri) {
    this.#changes.fire([{ type, uri }]);
  }
}

const newFolder = () => ({ type: FileType.Directory, ctime: 0, mtime: 0, size: 0, entries: new Map() });

const newFile = (bytes, ctime = Date.now()) => ({
  type: FileType.File,
  ctime,
  mtime: Date.now(),
  size: bytes.length,
  bytes,
});

/** Search is proposed API, which the page allows this extension.
 *  @param {MemoryFileSystem} files */
function searchProviders(files) {
  const uriOf = (folder, path) => folder.with({ path });
  const fileSearch = {
    provideFileSearchResults: (_query, { folder }) => [...files.files()].map(([path]) => uriOf(folder, path)),
  };
  const textSearch = {
    provideTextSearchResults: (query, { folder }, progress) => {
      const expression = toExpression(query);
      for (const [path, { bytes }] of files.files()) {
        const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
        for (const [line, text] of lines.entries()) {
          for (const match of text.matchAll(expression)) {
            const end = match.index + match[0].length;
            const ranges = [new vscode.Range(line, match.index, line, end)];
            const matches = [new vscode.Range(0, match.index, 0, end)];
            progress.report({ uri: uriOf(folder, path), ranges, preview: { text, matches } });
          }
        }
      }
      return {};
    },
  };
  return [
    vscode.workspace.registerFileSearchProvider?.('memory', fileSearch),
    vscode.workspace.registerTextSearchProvider?.('memory', textSearch),
  ].filter(Boolean);
}

function toExpression({ pattern, isRegExp, isCaseSensitive, isWordMatch }) {
  const source = isRegExp ? pattern : pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(isWordMatch ? `\\b(?:${source})\\b` : source, isCaseSensitive ? 'gu' : 'giu');
}

exports.activate = async (context) => {
  const listing = vscode.Uri.joinPath(context.extensionUri, '../../workspace.json');
  const files = new MemoryFileSystem();
  files.fill(await (await fetch(listing.toString(true))).json());
  const provider = vscode.workspace.registerFileSystemProvider('memory', files, { isCaseSensitive: true });
  context.subscriptions.push(provider, ...searchProviders(files));
};

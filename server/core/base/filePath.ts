/** Paths inside one checked folder: relative to it, `/` between the parts, no leading `./`.
 *  Everything in the core names files this way; hosts turn them into URIs or native paths. */
export type FilePath = string;

export function dirname(path: FilePath): FilePath {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function basename(path: FilePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** File extension in lower case without the dot, or `''`. A leading dot starts a name, not an extension. */
export function extension(path: FilePath): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Joins and normalizes; `..` beyond the folder gives undefined. */
export function joinPath(...parts: readonly string[]): FilePath | undefined {
  const result: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') result.push(part);
    else if (result.pop() === undefined) return undefined;
  }
  return result.join('/');
}

/** URIs of files against paths inside a folder. Editors spell the same URI in several ways
 *  (`file:///C:/a`, `file:///c%3A/a`), so URIs are compared in one normal form only. */
import { URI } from 'vscode-uri';
import type { FilePath } from '../core/index';

/** One spelling per file: percent-encoding and the drive letter's case are made alike. */
export function normalizeUri(uri: string): string {
  return URI.parse(uri).toString();
}

/** Path of `file` inside `root`, or undefined when it lies elsewhere. `root` itself gives `''`. */
export function relativePath(root: URI, file: URI): FilePath | undefined {
  if (root.scheme !== file.scheme || !isSameAuthority(root, file)) return undefined;
  const rootPath = comparablePath(root);
  const filePath = comparablePath(file);
  if (filePath === rootPath) return '';
  const prefix = rootPath.endsWith('/') ? rootPath : `${rootPath}/`;
  return filePath.startsWith(prefix) ? filePath.slice(prefix.length) : undefined;
}

/** URI of a path inside `root`; keeps the root's authority and query, which some virtual file systems need. */
export function childUri(root: URI, path: FilePath): string {
  const base = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return root.with({ path: base + path }).toString();
}

/** URI of the folder that holds `file`. */
export function parentUri(file: URI): URI {
  const slash = file.path.lastIndexOf('/');
  return file.with({ path: slash <= 0 ? '/' : file.path.slice(0, slash) });
}

function isSameAuthority(a: URI, b: URI): boolean {
  return a.authority.toLowerCase() === b.authority.toLowerCase();
}

/** The decoded path without a `/` at its end, a Windows drive in lower case. */
function comparablePath(uri: URI): string {
  const path = uri.path.length > 1 && uri.path.endsWith('/') ? uri.path.slice(0, -1) : uri.path;
  return /^\/[A-Z]:/.test(path) ? `/${path.charAt(1).toLowerCase()}${path.slice(2)}` : path;
}

/** One checked folder: its root, its analyzer, and which of its files come from disk. */
import { URI } from 'vscode-uri';
import type { Analyzer, Config, FilePath } from '../core/index';
import { childUri, normalizeUri, relativePath } from '../host/uri';
import { DEFAULT_SETTINGS, type Settings } from './settings';

export class Folder {
  readonly root: URI;
  /** In normal form. */
  readonly key: string;
  readonly analyzer: Analyzer;
  /** Holds files outside every workspace folder: nothing beyond the open documents is read. */
  readonly isLoose: boolean;
  isDisposed = false;
  /** Files that were read from disk; open documents are not among them. */
  readonly diskFiles = new Set<FilePath>();
  /** Why a file was left out, in words. */
  readonly skipped = new Map<FilePath, string>();
  /** Settles when every file of the folder has been read once. */
  loaded: Promise<void> = Promise.resolve();
  isLoaded = true;

  #settings: Settings = DEFAULT_SETTINGS;

  constructor(uri: string, analyzer: Analyzer, isLoose: boolean) {
    this.root = URI.parse(uri);
    this.key = normalizeUri(uri);
    this.analyzer = analyzer;
    this.isLoose = isLoose;
  }

  /** What counts by now: the folder's own file, and the editor's settings on top. */
  get config(): Config {
    return this.analyzer.config();
  }

  get settings(): Settings {
    return this.#settings;
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    this.analyzer.configure(settings.layer);
  }

  /** Undefined for files outside. */
  pathOf(uri: string): FilePath | undefined {
    return relativePath(this.root, URI.parse(uri));
  }

  uriOf(path: FilePath): string {
    return childUri(this.root, path);
  }

  forget(path: FilePath): void {
    this.diskFiles.delete(path);
    this.skipped.delete(path);
    this.analyzer.removeFile(path);
  }
}

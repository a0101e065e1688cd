/** Which folder a file belongs to, and which documents are open. Open documents win over the disk. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Analyzer, FilePath } from '../core/index';
import { MAX_FILE_BYTES } from '../host/host';
import { normalizeUri, parentUri } from '../host/uri';
import { type Lines, linesOf, linesOfDocument } from './convert';
import { Folder } from './folder';
import type { Translator } from './l10n';
import type { Settings } from './settings';

export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly key: string;
  readonly text: TextDocument;
  folder: Folder;
  path: FilePath;
  /** Set while the analyzer does not hold this document's text: why, in words. */
  problem: string | undefined;
  /** The file is gone from the disk, and nobody has typed into the document since: it is no part of the app. */
  isDeleted: boolean;
  /** Clock time of the last change; never for a document that was only opened. */
  changedAt: number;
  /** Durations of the last checks, in ms. */
  readonly costsMs: number[];
}

export interface FileLocation {
  readonly folder: Folder;
  readonly path: FilePath;
  readonly document: OpenDocument | undefined;
}

export class Workspace {
  readonly #createAnalyzer: () => Analyzer;
  readonly #t: Translator;
  readonly #folders: Folder[] = [];
  readonly #documents = new Map<string, OpenDocument>();
  readonly #lines = new Map<string, { readonly text: string; readonly lines: Lines }>();

  #looseSettings: Settings | undefined;

  constructor(createAnalyzer: () => Analyzer, t: Translator) {
    this.#createAnalyzer = createAnalyzer;
    this.#t = t;
  }

  get folders(): readonly Folder[] {
    return this.#folders;
  }

  get documents(): readonly OpenDocument[] {
    return [...this.#documents.values()];
  }

  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(normalizeUri(uri));
  }

  documentAt(folder: Folder, path: FilePath): OpenDocument | undefined {
    return this.documents.find((document) => document.folder === folder && document.path === path);
  }

  /** For files outside of every workspace folder. */
  setLooseSettings(settings: Settings): void {
    this.#looseSettings = settings;
    for (const folder of this.#folders) if (folder.isLoose) folder.configure(settings);
  }

  /** Adds a folder and moves the open documents that lie in it. Undefined if it is there already. */
  addFolder(uri: string): Folder | undefined {
    const key = normalizeUri(uri);
    if (this.#folders.some((folder) => folder.key === key && !folder.isLoose)) return undefined;
    const folder = new Folder(uri, this.#createAnalyzer(), false);
    this.#folders.push(folder);
    this.#rehome();
    return folder;
  }

  removeFolder(uri: string): Folder | undefined {
    const key = normalizeUri(uri);
    const index = this.#folders.findIndex((folder) => folder.key === key && !folder.isLoose);
    const folder = this.#folders[index];
    if (folder === undefined) return undefined;
    folder.isDisposed = true;
    this.#folders.splice(index, 1);
    this.#rehome();
    return folder;
  }

  /** The innermost workspace folder that holds the file. */
  ownerOf(uri: string): Folder | undefined {
    let owner: Folder | undefined;
    for (const folder of this.#folders) {
      if (folder.isLoose || folder.pathOf(uri) === undefined) continue;
      if (owner === undefined || folder.root.path.length > owner.root.path.length) owner = folder;
    }
    return owner;
  }

  /** Where a file belongs; undefined for one that is neither open nor in a folder. */
  locate(uri: string): FileLocation | undefined {
    const document = this.document(uri);
    if (document !== undefined) return { folder: document.folder, path: document.path, document };
    const folder = this.ownerOf(uri);
    const path = folder?.pathOf(uri);
    return folder === undefined || path === undefined ? undefined : { folder, path, document: undefined };
  }

  open(text: TextDocument): OpenDocument {
    const { folder, path } = this.#home(text);
    const document: OpenDocument = {
      uri: text.uri,
      key: normalizeUri(text.uri),
      text,
      folder,
      path,
      problem: undefined,
      isDeleted: false,
      changedAt: Number.NEGATIVE_INFINITY,
      costsMs: [],
    };
    this.#documents.set(document.key, document);
    this.pushText(document);
    return document;
  }

  /** Forgets the document; the caller brings back the text on disk. */
  close(uri: string): OpenDocument | undefined {
    const document = this.document(uri);
    if (document === undefined) return undefined;
    this.#documents.delete(document.key);
    document.folder.forget(document.path);
    this.#dropIfUnused(document.folder);
    return document;
  }

  /** Gives the analyzer the document's whole text, unless it is too large to be checked while typing. */
  pushText(document: OpenDocument): void {
    const { folder, path, text } = document;
    folder.diskFiles.delete(path);
    folder.skipped.delete(path);
    const content = text.getText();
    document.problem = undefined;
    document.isDeleted = false;
    if (content.length > MAX_FILE_BYTES) {
      const megabytes = (content.length / 1024 / 1024).toFixed(1);
      const limit = MAX_FILE_BYTES / 1024 / 1024;
      document.problem = this.#t('This file has {0} MB; Moat checks files up to {1} MB.', megabytes, limit);
      folder.analyzer.removeFile(path);
    } else folder.analyzer.setFile(path, content);
  }

  /** The document's file was deleted: nothing is found in it until it comes back or is edited. */
  dropText(document: OpenDocument): void {
    document.isDeleted = true;
    document.problem = undefined;
    document.folder.forget(document.path);
  }

  /** The client's spelling for an open document, else the folder's. */
  uriOf(folder: Folder, path: FilePath): string {
    return this.documentAt(folder, path)?.uri ?? folder.uriOf(path);
  }

  /** Lines of the text that the analyzer holds; of an empty text if it holds none. */
  linesOf(folder: Folder, path: FilePath): Lines {
    const document = this.documentAt(folder, path);
    if (document !== undefined) return linesOfDocument(document.text);
    const text = folder.analyzer.textOf(path) ?? '';
    const key = folder.uriOf(path);
    const known = this.#lines.get(key);
    if (known?.text === text) return known.lines;
    if (this.#lines.size >= MAX_CACHED_LINES) this.#lines.clear();
    const lines = linesOf(text);
    this.#lines.set(key, { text, lines });
    return lines;
  }

  #home(text: TextDocument): { readonly folder: Folder; readonly path: FilePath } {
    const folder = this.ownerOf(text.uri) ?? this.#looseFolder(text.uri);
    const path = folder.pathOf(text.uri) ?? URI.parse(text.uri).path.replace(/^\/+/, '');
    return { folder, path: checkablePath(folder.analyzer, path, text.languageId) };
  }

  #looseFolder(uri: string): Folder {
    const parent = parentUri(URI.parse(uri)).toString();
    const key = normalizeUri(parent);
    const known = this.#folders.find((folder) => folder.isLoose && folder.key === key);
    if (known !== undefined) return known;
    const folder = new Folder(parent, this.#createAnalyzer(), true);
    if (this.#looseSettings !== undefined) folder.configure(this.#looseSettings);
    this.#folders.push(folder);
    return folder;
  }

  /** After folders changed: open documents go where they now belong. */
  #rehome(): void {
    for (const document of this.documents) {
      const { folder, path } = this.#home(document.text);
      if (folder === document.folder && path === document.path) continue;
      const previous = document.folder;
      previous.forget(document.path);
      document.folder = folder;
      document.path = path;
      this.pushText(document);
      this.#dropIfUnused(previous);
    }
  }

  #dropIfUnused(folder: Folder): void {
    if (!folder.isLoose || this.documents.some((document) => document.folder === folder)) return;
    folder.isDisposed = true;
    const index = this.#folders.indexOf(folder);
    if (index >= 0) this.#folders.splice(index, 1);
  }
}

const MAX_CACHED_LINES = 200;

const TEMPLATE_LANGUAGES: ReadonlySet<string> = new Set(['html', 'jinja', 'jinja-html', 'django-html']);

/** Untitled documents and scripts without an extension are told by their language. */
function checkablePath(analyzer: Analyzer, path: FilePath, languageId: string): FilePath {
  if (analyzer.isRelevant(path)) return path;
  if (languageId === 'python') return `${path}.py`;
  return TEMPLATE_LANGUAGES.has(languageId) ? `${path}.html` : path;
}

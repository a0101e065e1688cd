/** What client and server say to each other beyond the standard protocol. Method names live here once. */

/** The client tells on start what it can do for the server. */
export interface InitializationOptions {
  /** Commands that links and code actions may name. */
  readonly commands?: readonly string[];
  /** True if the client answers `ListFilesRequest` and `ReadFileRequest`. */
  readonly canServeFiles?: boolean;
  /** Texts of the user interface in the editor's language, by the English ones. */
  readonly texts?: Readonly<Record<string, string>>;
  /** True if hovers show the messages of diagnostics anyway, above what the server says: VS Code's do, those of Neovim
   *  and Helix do not. */
  readonly hoverShowsMessages?: boolean;
  /** True if the client shows `StatusParams`. */
  readonly wantsStatus?: boolean;
  /** True if the client has views that show the apps as a whole. */
  readonly wantsViews?: boolean;
}

/** Commands of the client that the server may name. */
export const COMMANDS = {
  explainRule: 'moat.explainRule',
  /** Puts the cursor where a reason is to be typed: URI, line and character. */
  typeReason: 'moat.typeReason',
  showFlow: 'moat.showFlow',
  showRoute: 'moat.showRoute',
} as const;

/** A range in the protocol's positions. */
export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Notification, server to client: what the status item shows. */
export const STATUS_NOTIFICATION = 'moat/status';

export type ServerState = 'ready' | 'analyzing' | 'error';

export interface StatusParams {
  readonly state: ServerState;
  /** Files read so far and in all, while `analyzing`. */
  readonly nDone: number;
  readonly nTotal: number;
  /** Files that were left out (too large, binary, unreadable). */
  readonly nSkipped: number;
  /** Findings that are not shown because the baseline knows them, in files that were looked at. */
  readonly nKnown?: number;
  /** For a person, with `error`. */
  readonly message?: string;
}

/** Source of every diagnostic. */
export const DIAGNOSTIC_SOURCE = 'moat';

/** Code of diagnostics that say that a file, or a part of it, was left out. */
export const NOT_CHECKED_CODE = 'not-checked';

/** Request, client to server: `CreateBaselineParams` to `CreateBaselineResult`, or null for no workspace folder. */
export const CREATE_BASELINE_REQUEST = 'moat/createBaseline';

export interface CreateBaselineParams {
  /** Of a workspace folder. */
  readonly folderUri: string;
}

/** Files to be written: the baseline, and the configuration if that does not name it yet. */
export interface CreateBaselineResult {
  readonly nFindings: number;
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}

/** Request, client to server, no parameters: `LeftOutFile[]`, the files behind `StatusParams.nSkipped`. */
export const LEFT_OUT_REQUEST = 'moat/leftOut';

export interface LeftOutFile {
  readonly uri: string;
  /** A predicate to follow the file's name: "is a binary file". */
  readonly reason: string;
}

/** Request, client to server: `RuleDocParams` to `RuleDoc`, or null for an id that no rule has. */
export const RULE_DOC_REQUEST = 'moat/ruleDoc';

export interface RuleDocParams {
  readonly ruleId: string;
}

export interface RuleDoc {
  readonly ruleId: string;
  readonly title: string;
  readonly markdown: string;
}

/** Request, client to server, no parameters: `RuleSummary[]`, sorted by id. */
export const RULES_REQUEST = 'moat/rules';

export interface RuleSummary {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: string;
}

/** Request, server to client: `ListFilesParams` to `ListFilesResult`. */
export const LIST_FILES_REQUEST = 'moat/listFiles';

export interface ListFilesParams {
  readonly rootUri: string;
  /** Names of folders that are not entered. */
  readonly skippedFolders: readonly string[];
  readonly maxFiles: number;
}

export interface ListFilesResult {
  /** Relative to the root, `/` between the parts. */
  readonly files: readonly string[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly isTruncated: boolean;
}

/** Request, server to client: `ReadFileParams` to `ReadFileResult`. */
export const READ_FILE_REQUEST = 'moat/readFile';

export interface ReadFileParams {
  readonly uri: string;
  readonly maxBytes: number;
}

/** Bytes in base64, so that the server alone decides about encodings. */
export type ReadFileResult =
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly message: string };

/** What the connected client can do, read once from its `initialize` request. */
import { CodeActionKind, type InitializeParams, MarkupKind } from 'vscode-languageserver';
import { isRecord } from '../core/index';

export interface ClientFeatures {
  readonly pullsDiagnostics: boolean;
  readonly canRefreshDiagnostics: boolean;
  readonly showsRelatedInformation: boolean;
  readonly showsCodeDescription: boolean;
  readonly showsTags: boolean;
  readonly resolvesCodeActionEdits: boolean;
  readonly takesCodeActionLiterals: boolean;
  readonly showsDisabledActions: boolean;
  readonly takesDocumentChanges: boolean;
  readonly canCreateFiles: boolean;
  readonly rendersMarkdown: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly hasWorkspaceFolders: boolean;
  readonly registersWatchers: boolean;
  readonly registersCompletion: boolean;
  /** From the initialization options. */
  readonly commands: ReadonlySet<string>;
  readonly canServeFiles: boolean;
  readonly wantsStatus: boolean;
  readonly wantsViews: boolean;
  readonly canRefreshLenses: boolean;
  readonly hoverShowsMessages: boolean;
  /** Shows how far long work is. */
  readonly showsProgress: boolean;
}

export function readClientFeatures(params: InitializeParams): ClientFeatures {
  const { workspace, textDocument, window } = params.capabilities;
  const options: unknown = params.initializationOptions;
  const record = isRecord(options) ? options : {};
  const codeAction = textDocument?.codeAction;
  const formats = textDocument?.hover?.contentFormat;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    canRefreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    showsRelatedInformation:
      (textDocument?.diagnostic?.relatedInformation ??
        textDocument?.publishDiagnostics?.relatedInformation) === true,
    showsCodeDescription:
      (textDocument?.diagnostic?.codeDescriptionSupport ??
        textDocument?.publishDiagnostics?.codeDescriptionSupport) === true,
    showsTags:
      (textDocument?.diagnostic?.tagSupport ?? textDocument?.publishDiagnostics?.tagSupport) !== undefined,
    resolvesCodeActionEdits:
      codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    takesCodeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    showsDisabledActions: codeAction?.disabledSupport === true,
    takesDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    canCreateFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    rendersMarkdown: formats === undefined || formats.includes(MarkupKind.Markdown),
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    registersCompletion: textDocument?.completion?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    commands: new Set(Array.isArray(record.commands) ? record.commands.filter(isString) : []),
    canServeFiles: record.canServeFiles === true,
    wantsStatus: record.wantsStatus === true,
    wantsViews: record.wantsViews === true,
    hoverShowsMessages: record.hoverShowsMessages === true,
    canRefreshLenses: workspace?.codeLens?.refreshSupport === true,
    showsProgress: window?.workDoneProgress === true,
  };
}

/** `source.fixAll.moat` asked for by any of its prefixes; without a filter only quick fixes are. */
export function wantsKind(only: readonly string[] | undefined, kind: string): boolean {
  if (only === undefined) return kind === CodeActionKind.QuickFix;
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

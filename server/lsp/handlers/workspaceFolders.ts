/** workspace/didChangeWorkspaceFolders: folders come and go; open documents follow them. */
import { DidChangeWorkspaceFoldersNotification, type InitializeParams } from 'vscode-languageserver';
import type { Session } from '../session';
import { readSettings } from './configuration';

export function registerWorkspaceFolders(session: Session): void {
  session.connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) =>
    session.guard('Changing folders', '', undefined, async () => {
      const { workspace, loader } = session;
      for (const { uri } of event.removed) workspace.removeFolder(uri);
      for (const { uri } of event.added) workspace.addFolder(uri);
      session.settingsRead = readSettings(session);
      await session.settingsRead;
      // All of them: files of an outer folder may belong to an inner one now, or again.
      for (const folder of workspace.folders) void loader.sync(folder);
      session.announcer.changed();
    }),
  );
}

export function initialFolders(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ uri }) => uri);
  return params.rootUri ? [params.rootUri] : [];
}

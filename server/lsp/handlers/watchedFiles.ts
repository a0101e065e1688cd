/** workspace/didChangeWatchedFiles: the disk changed behind the editor's back. */
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from 'vscode-languageserver';
import { basename } from '../../core/index';
import { isInSkippedFolder, isSkippedFolder } from '../../host/host';
import type { Folder } from '../folder';
import type { Session } from '../session';

/** What is created or deleted may be a folder, so those events are asked for without a filter. */
const WATCHERS = [
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
  {
    globPattern: '**/*.{py,pyw,html,htm,xhtml,xml,svg,jinja,jinja2,j2,txt,toml,cfg,ini}',
    kind: WatchKind.Change,
  },
  { globPattern: '**/{.env*,.flaskenv,.gitignore}', kind: WatchKind.Change },
];

/** A folder that appears is listed when its files had time to arrive, in ms. */
const FOLDER_WAIT_MS = 200;

export async function watchFiles(session: Session): Promise<void> {
  if (!session.client.registersWatchers) return;
  await session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}

export function registerWatchedFiles(session: Session): void {
  session.connection.onDidChangeWatchedFiles(({ changes }) =>
    session.guard('Watching files', '', undefined, async () => {
      const folders = new Set<Folder>();
      const appeared = new Set<Folder>();
      for (const change of changes) {
        const effect = await take(session, change);
        if (effect !== undefined) (effect.isFolder ? appeared : folders).add(effect.folder);
        await session.scheduler.pause();
      }
      for (const folder of folders) session.announcer.changed(folder);
      if (appeared.size === 0) return;
      await session.environment.clock.sleep(FOLDER_WAIT_MS);
      await Promise.all([...appeared].map((folder) => session.loader.sync(folder)));
    }),
  );
}

interface Effect {
  readonly folder: Folder;
  readonly isFolder: boolean;
}

async function take(session: Session, { uri, type }: FileEvent): Promise<Effect | undefined> {
  const location = session.workspace.locate(uri);
  if (location === undefined || location.document !== undefined) return undefined;
  const { folder, path } = location;
  if (folder.isLoose || isInSkippedFolder(path)) return undefined;
  if (type === FileChangeType.Deleted) return forget(folder, path) ? { folder, isFolder: false } : undefined;
  if (folder.analyzer.isRelevant(path)) {
    await session.loader.reread(folder, path);
    return { folder, isFolder: false };
  }
  const name = basename(path);
  const mayBeFolder = type === FileChangeType.Created && !name.includes('.') && !isSkippedFolder(name);
  return mayBeFolder ? { folder, isFolder: true } : undefined;
}

/** Forgets a file, or all files below a folder; open documents stay. True if there was one. */
function forget(folder: Folder, path: string): boolean {
  const gone = [...folder.diskFiles, ...folder.skipped.keys()].filter(
    (file) => file === path || file.startsWith(`${path}/`),
  );
  for (const file of gone) folder.forget(file);
  return gone.length > 0;
}

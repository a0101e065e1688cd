/** workspace/didChangeWatchedFiles: the disk changed behind the editor's back. */
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from 'vscode-languageserver';
import { basename, type FilePath } from '../../core/index';
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
  { globPattern: '**/{.env*,.flaskenv,.gitignore,*baseline*.json}', kind: WatchKind.Change },
];

/** A folder that appears is listed when its files had time to arrive, in ms. */
const FOLDER_WAIT_MS = 200;

export async function watchFiles(session: Session): Promise<void> {
  if (!session.client.registersWatchers) return;
  await session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}

export function registerWatchedFiles(session: Session): void {
  // One notification after the other: each reads the disk meanwhile, and must not be overtaken by the next.
  let before: Promise<void> = Promise.resolve();
  session.connection.onDidChangeWatchedFiles(({ changes }) => {
    before = before.then(() => takeAll(session, changes));
    return before;
  });
}

function takeAll(session: Session, changes: readonly FileEvent[]): Promise<void> {
  return session.guard('Watching files', '', undefined, async () => {
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
  });
}

interface Effect {
  readonly folder: Folder;
  readonly isFolder: boolean;
}

async function take(session: Session, { uri, type }: FileEvent): Promise<Effect | undefined> {
  const location = session.workspace.locate(uri);
  if (location === undefined) return undefined;
  const { folder, path, document } = location;
  if (folder.isLoose || isInSkippedFolder(path)) return undefined;
  if (session.baselines.isBaseline(folder, path)) {
    await session.baselines.read(folder);
    return { folder, isFolder: false };
  }
  if (type === FileChangeType.Deleted) return forget(session, folder, path);
  if (document !== undefined) {
    // Its text comes from the editor; only a file that was gone and is back is news.
    if (!document.isDeleted) return undefined;
    await session.loader.revive(document);
    return { folder, isFolder: false };
  }
  if (folder.analyzer.isRelevant(path)) {
    await session.loader.reread(folder, path);
    return { folder, isFolder: false };
  }
  const name = basename(path);
  const mayBeFolder = type === FileChangeType.Created && !name.includes('.') && !isSkippedFolder(name);
  return mayBeFolder ? { folder, isFolder: true } : undefined;
}

/** Forgets a file, or all files below a folder. */
async function forget(session: Session, folder: Folder, path: FilePath): Promise<Effect | undefined> {
  // The folder of the workspace itself has no path.
  const isGone = (file: FilePath) => path === '' || file === path || file.startsWith(`${path}/`);
  const gone = [...folder.diskFiles, ...folder.skipped.keys()].filter(isGone);
  for (const file of gone) folder.forget(file);
  // Events come late, and the file may be back by now: then no other event will tell.
  if (gone.includes(path)) await session.loader.reread(folder, path);
  let nDropped = 0;
  for (const document of session.workspace.documents) {
    if (document.folder !== folder || document.isDeleted || !isGone(document.path)) continue;
    // Some programs save by deleting and writing anew: the file may be there again.
    const present = await session.files.read(folder.uriOf(document.path));
    if (present.kind !== 'problem' || present.problem !== 'missing') continue;
    session.workspace.dropText(document);
    nDropped++;
  }
  return gone.length + nDropped > 0 ? { folder, isFolder: false } : undefined;
}

/** moat/leftOut: files that were not read, for the status item's menu. */
import { LEFT_OUT_REQUEST, type LeftOutFile } from '../../protocol/requests';
import type { Session } from '../session';

export function registerLeftOut(session: Session): void {
  session.connection.onRequest(LEFT_OUT_REQUEST, (): LeftOutFile[] =>
    session.workspace.folders.flatMap((folder) =>
      [...folder.skipped].map(([path, reason]) => ({ uri: folder.uriOf(path), reason })),
    ),
  );
}

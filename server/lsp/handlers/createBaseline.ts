/** moat/createBaseline: what is found now becomes known. The client writes the files. */
import { isRecord } from '../../core/index';
import { CREATE_BASELINE_REQUEST, type CreateBaselineResult } from '../../protocol/requests';
import type { Session } from '../session';

export function registerCreateBaseline(session: Session): void {
  session.connection.onRequest(CREATE_BASELINE_REQUEST, (params: unknown) =>
    session.guard('Creating a baseline', '', null, async (): Promise<CreateBaselineResult | null> => {
      await session.settingsRead;
      const uri = isRecord(params) && typeof params.folderUri === 'string' ? params.folderUri : '';
      const folder = uri === '' ? undefined : session.workspace.ownerOf(uri);
      return folder === undefined ? null : session.baselines.create(folder);
    }),
  );
}

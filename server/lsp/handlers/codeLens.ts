/** textDocument/codeLens: above each route, who may call it and what was found on its way. */
import type { CancellationToken, CodeLens, Command } from 'vscode-languageserver';
import { COMMANDS } from '../../protocol/requests';
import type { Session } from '../session';
import { ViewMaker } from '../views';

export function registerCodeLens(session: Session): void {
  session.connection.onCodeLens(({ textDocument }, token) =>
    session.guard('Code lenses', textDocument.uri, [], async () => {
      await session.settingsRead;
      return lenses(session, textDocument.uri, token);
    }),
  );
}

function lenses(session: Session, uri: string, token: CancellationToken): CodeLens[] {
  const location = session.workspace.locate(uri);
  if (location === undefined || location.document?.problem !== undefined) return [];
  const { folder, path } = location;
  if (!folder.settings.hasCodeLens || !folder.config.enable) return [];
  // Up to date for what is typed here; what other files add is told by a refresh.
  if (session.tryCheck(folder, path, token) === undefined) return [];
  const maker = new ViewMaker(session, folder);
  return folder.analyzer.routesIn(path).flatMap((found): CodeLens[] => {
    const route = maker.route(found);
    // Above the decorators, where the route begins.
    const { range } = maker.place({ file: path, range: { start: found.body.start, end: found.body.start } });
    const title = [`${route.methods} ${route.rule ?? ''}`.trim(), route.login, route.csrf]
      .filter((part) => part !== '')
      .join(' · ');
    const own = toCommand(session, title, COMMANDS.showRoute, [uri, route.range.start]);
    const [first] = route.findings;
    if (first === undefined) return [{ range, command: own }];
    const rules = [...new Set(route.findings.map((finding) => finding.title))].slice(0, MAX_NAMED);
    const named = rules.join(', ').replaceAll('`', '');
    const more = session.t('Findings: {0} · {1}', route.findings.length, named);
    const flow = toCommand(session, more, COMMANDS.showFlow, [first.uri, first.fingerprint]);
    return [
      { range, command: own },
      { range, command: flow },
    ];
  });
}

const MAX_NAMED = 2;

/** A client that does not know the command shows the words alone. */
function toCommand(session: Session, title: string, command: string, args: readonly unknown[]): Command {
  return session.client.commands.has(command)
    ? { title, command, arguments: [...args] }
    : { title, command: '' };
}

/** workspace/didChangeConfiguration, and reading the settings of every folder. */
import { type ConfigurationItem, DidChangeConfigurationNotification } from 'vscode-languageserver';
import { isRecord } from '../../core/index';
import { SETTINGS_SECTION } from '../../protocol/settings';
import type { Folder } from '../folder';
import type { Session } from '../session';
import { parseSettings, type Settings } from '../settings';

/** A client that does not answer is taken to have no settings, after this long, in ms. */
const ANSWER_MS = 2000;

export function registerConfiguration(session: Session): void {
  session.connection.onDidChangeConfiguration((params) => {
    const settings: unknown = params.settings;
    if (isRecord(settings)) session.pushedSettings = settings[SETTINGS_SECTION] ?? session.pushedSettings;
    session.settingsRead = readSettings(session);
    return session.settingsRead;
  });
}

/** Asks for the settings of every folder and applies them; never fails. */
export async function readSettings(session: Session): Promise<void> {
  const folders = session.workspace.folders.filter((folder) => !folder.isLoose);
  const answers = session.client.hasConfiguration ? await ask(session, folders) : undefined;
  const unscoped = parse(session, answers === undefined ? session.pushedSettings : answers[folders.length]);
  session.workspace.setLooseSettings(unscoped);
  folders.forEach((folder, index) => {
    folder.configure(answers === undefined ? unscoped : parse(session, answers[index]));
  });
  for (const folder of session.workspace.folders) {
    session.checker.reset(folder);
    session.announcer.changed(folder);
  }
}

export async function watchConfiguration(session: Session): Promise<void> {
  if (!session.client.registersConfiguration) return;
  await session.connection.client.register(DidChangeConfigurationNotification.type, {
    section: SETTINGS_SECTION,
  });
}

/** One answer per folder, and one for files outside of all. */
async function ask(session: Session, folders: readonly Folder[]): Promise<readonly unknown[]> {
  const items: ConfigurationItem[] = folders.map((folder) => ({
    scopeUri: folder.root.toString(),
    section: SETTINGS_SECTION,
  }));
  items.push({ section: SETTINGS_SECTION });
  const { connection, environment } = session;
  try {
    const answer: Promise<unknown[]> = connection.workspace.getConfiguration(items);
    const answers = await Promise.race([answer, environment.clock.sleep(ANSWER_MS)]);
    if (answers === undefined) session.log.warn('The editor did not send its settings; defaults apply.');
    return answers ?? [];
  } catch (error) {
    session.log.error('Asking for settings failed; defaults apply', error);
    return [];
  }
}

function parse(session: Session, raw: unknown): Settings {
  const ruleIds = session.environment.rules.map(({ id }) => id);
  const { value, problems } = parseSettings(raw, ruleIds);
  for (const { message } of problems)
    session.tellOnce('warning', session.t('Moat settings: {0}', session.say(message)));
  return value;
}

/** Settings for the server: only what somebody has set. Defaults of the editor would look like wishes, and hide what the
 *  folder's own configuration file says. */
import * as vscode from 'vscode';
import type { ConfigurationMiddleware } from 'vscode-languageclient';

type Settings = Readonly<Record<string, unknown>>;

/** `keys` are the full names of settings, such as `moat.rules`. */
export function explicitSettings(keys: readonly string[]): ConfigurationMiddleware {
  return {
    configuration: ({ items }) =>
      items.map(({ scopeUri, section = '' }) => {
        const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
        const configuration = vscode.workspace.getConfiguration(section, scope);
        const own = keys
          .filter((key) => key.startsWith(`${section}.`))
          .map((key) => key.slice(section.length + 1))
          .map((key) => [key, givenValue(configuration, key)] as const);
        return Object.fromEntries(own.filter(([, value]) => value !== undefined));
      }),
  };
}

/** The value of the innermost scope that has one; tables of several scopes are put together, as the editor does. */
function givenValue(configuration: vscode.WorkspaceConfiguration, key: string): unknown {
  const found = configuration.inspect<unknown>(key);
  const values = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  const given = values.filter((value) => value !== undefined);
  const last = given.at(-1);
  return isTable(last) ? Object.assign({}, ...given.filter(isTable)) : last;
}

function isTable(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

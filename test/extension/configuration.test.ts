/** Configuration files, suppressions and the baseline, as a person meets them. */
import { expect } from 'chai';
import * as vscode from 'vscode';
import {
  closeEditors,
  exists,
  fileUri,
  openFile,
  readFile,
  removeFiles,
  shownFindings,
  waitFor,
  waitForRules,
  writeFile,
} from './world';

const CODE = `import sqlite3
from flask import Flask, request
from configured_text import clean

app = Flask(__name__)


@app.route("/user")
def user():
    name = clean(request.args["name"])
    return str(sqlite3.connect("db").execute(f"""
        SELECT * FROM user WHERE name = '{name}'
    """).fetchall())
`;
const HELPER = 'def clean(text):\n    return text.strip()\n';

async function take(uri: vscode.Uri, start: string): Promise<void> {
  const [finding] = shownFindings(uri);
  const range = finding?.range ?? new vscode.Range(0, 0, 0, 0);
  const action = await waitFor(`the action ${start}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      50,
    );
    return actions.find(({ title }) => title.startsWith(start));
  });
  expect(action.edit, 'the edit').to.not.equal(undefined);
  await vscode.workspace.applyEdit(action.edit!);
  if (action.command !== undefined)
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** As it is in the editor: an edit of a light bulb may not be saved yet. */
async function textOf(path: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(fileUri(path))).getText();
}

describe('configuration', () => {
  let uri: vscode.Uri;

  beforeEach(async () => {
    await writeFile('configured_text.py', HELPER);
    uri = (await openFile('configured.py', CODE)).document.uri;
    await waitForRules(uri, ['sql-injection']);
  });

  afterEach(async () => {
    await vscode.workspace
      .getConfiguration('moat')
      .update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await closeEditors();
    await removeFiles(
      'configured.py',
      'configured_text.py',
      'moat.toml',
      'pyproject.toml',
      'moat-baseline.json',
    );
    // Editors tell of deleted files half a second late: the next test must not meet this one's configuration.
    await waitForRules(fileUri('pyproject.toml'), []);
  });

  it('of the folder counts at once, and the settings of the editor lie on top', async () => {
    await writeFile('moat.toml', '[rules]\nsql-injection = "off"\n');
    await waitForRules(uri, []);
    await vscode.workspace
      .getConfiguration('moat')
      .update('rules', { 'sql-injection': 'warning' }, vscode.ConfigurationTarget.Workspace);
    const [finding] = await waitForRules(uri, ['sql-injection']);
    expect(finding?.severity).to.equal(vscode.DiagnosticSeverity.Warning);
  });

  it('that is wrong is underlined where it is wrong', async () => {
    const toml = (await openFile('pyproject.toml', '[tool.moat]\n[tool.moat.rules]\nsql-injektion = "off"\n'))
      .document.uri;
    // Until the editor tells that the moat.toml of the test before is gone, the finding is that there are two files.
    const finding = await waitFor('the key that is wrong', () =>
      shownFindings(toml).find(({ message }) => message.includes('sql-injection')),
    );
    expect(finding.range.start.line).to.equal(2);
  });

  it('is not needed to ignore one finding: the cursor waits for the reason', async () => {
    await take(uri, 'Ignore `sql-injection` here');
    await waitForRules(uri, []);
    const editor = vscode.window.activeTextEditor;
    const line = editor?.selection.active.line ?? 0;
    const text = editor?.document.lineAt(line).text ?? '';
    expect(text).to.equal('    """).fetchall())  # moat: ignore[sql-injection] ');
    expect(editor?.selection.active.character).to.equal(text.length);
    await editor?.edit((edit) => edit.insert(new vscode.Position(line, 0), '    '));
  });

  it('learns from the light bulb that a function makes text safe', async () => {
    await take(uri, 'Treat `clean()` as a sanitizer');
    await waitForRules(uri, []);
    expect(await textOf('moat.toml')).to.match(/sanitizers.*configured_text\.clean/s);
  });

  it('learns from the light bulb that a function gives what is trusted', async () => {
    await take(uri, 'Trust what `clean()` gives');
    await waitForRules(uri, []);
    expect(await textOf('moat.toml')).to.match(/trusted.*configured_text\.clean/s);
  });

  it('of a baseline hides what is there and shows what is new', async () => {
    await vscode.commands.executeCommand('moat.createBaseline');
    await waitForRules(uri, []);
    expect(await exists('moat-baseline.json')).to.equal(true);
    expect(await readFile('moat.toml')).to.equal('baseline = "moat-baseline.json"\n');
    const editor = vscode.window.activeTextEditor!;
    const more =
      '\n\n@app.route("/b")\ndef b():\n    return str(sqlite3.connect("db").execute("SELECT " + request.args["b"]))\n';
    await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount, 0), more));
    const found = await waitFor('the new finding', () => {
      const shown = shownFindings(uri);
      return shown.length > 0 ? shown : undefined;
    });
    expect(found.map((one) => one.range.start.line).every((line) => line > 13)).to.equal(true);
    await vscode.workspace.fs.delete(fileUri('moat-baseline.json'));
  });
});

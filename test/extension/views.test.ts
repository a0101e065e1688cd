import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, exported, openFile, removeFiles, replaceText, waitFor, waitForRules } from './world';

const APP = `import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.get("/find")
def find():
    name = request.args["name"]
    return str(sqlite3.connect("x").execute(f"SELECT * FROM t WHERE n = '{name}'").fetchall())
`;

/** Text of the active editor, once it holds something. */
function waitForText(wanted: RegExp): Promise<string> {
  return waitFor(String(wanted), () => {
    const text = vscode.window.activeTextEditor?.document.getText();
    return text !== undefined && wanted.test(text) ? text : undefined;
  });
}

describe('views', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('moat.clearFlow');
    await closeEditors();
    await removeFiles('shown.py');
  });

  it('can be opened and refreshed', async () => {
    for (const view of ['checklist', 'attackSurface', 'flow'])
      await vscode.commands.executeCommand(`moat.${view}.focus`);
    await vscode.commands.executeCommand('moat.refreshViews');
  });

  it('export the checklist and the attack surface, and follow what is typed', async () => {
    const editor = await openFile('shown.py', APP);
    await waitForRules(editor.document.uri, ['sql-injection']);
    const surface = await exported('moat.exportSurface', /`\/find`/);
    expect(surface).to.match(/\| GET \| `\/find` \| `find` \(shown\.py:8\) \| .*sql-injection/);
    expect(await exported('moat.exportChecklist', /shown\.py/)).to.match(/^# Security checklist/);
    await vscode.window.showTextDocument(editor.document);
    await replaceText(await openFile('shown.py'), '"/find"', '"/search"');
    await exported('moat.exportSurface', /`\/search`/);
  });

  it('walk along a flow, round at the ends', async () => {
    const editor = await openFile('shown.py', APP);
    const [finding] = await waitForRules(editor.document.uri, ['sql-injection']);
    editor.selection = new vscode.Selection(finding!.range.start, finding!.range.start);
    const line = () => vscode.window.activeTextEditor?.selection.active.line;
    await vscode.commands.executeCommand('moat.showFlow');
    expect(line()).to.equal(8);
    await vscode.commands.executeCommand('moat.previousStep');
    expect(line()).to.equal(9);
    await vscode.commands.executeCommand('moat.nextStep');
    expect(line()).to.equal(8);
  });

  it('copy a finding as issue text', async () => {
    const editor = await openFile('shown.py', APP);
    const [finding] = await waitForRules(editor.document.uri, ['sql-injection']);
    editor.selection = new vscode.Selection(finding!.range.start, finding!.range.start);
    const text = await vscode.commands.executeCommand<string>('moat.copyIssue');
    expect(text).to.match(/^### SQL injection \(`sql-injection`\): shown\.py:10/);
    expect(text).not.to.contain('SELECT * FROM t');
  });

  it('fix what a row names', async () => {
    const editor = await openFile('shown.py', APP);
    const [finding] = await waitForRules(editor.document.uri, ['sql-injection']);
    const { start, end } = finding!.range;
    const range = {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    };
    const row = { finding: { uri: editor.document.uri.toString(), range, ruleId: 'sql-injection' } };
    await vscode.commands.executeCommand('moat.fixFinding', row);
    expect(await waitForText(/n = \?/)).to.match(/execute\("SELECT \* FROM t WHERE n = \?", \(name,\)\)/);
    await waitForRules(editor.document.uri, []);
  });

  it('show code lenses over routes, which a setting takes away', async () => {
    const { document } = await openFile('shown.py', APP);
    await waitForRules(document.uri, ['sql-injection']);
    const lenses = () =>
      vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
    const titles = (await lenses()).map(({ command }) => command?.title);
    expect(titles[0]).to.equal('GET /find · open to everybody');
    const settings = vscode.workspace.getConfiguration('moat');
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Workspace);
    try {
      await waitFor('no lenses', async () => ((await lenses()).length === 0 ? true : undefined));
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});

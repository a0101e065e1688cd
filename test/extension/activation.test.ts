import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, EXTENSION_ID, openFile, waitFor, waitForRules } from './world';

describe('activation', () => {
  after(closeEditors);

  it('starts by itself for a folder with Python and reports what is there', async () => {
    const editor = await openFile('app.py');
    const findings = await waitForRules(editor.document.uri, ['sql-injection']);
    expect(findings[0]?.severity).to.equal(vscode.DiagnosticSeverity.Error);
    await waitFor('activation', () => vscode.extensions.getExtension(EXTENSION_ID)?.isActive || undefined);
  });

  it('offers its commands under one name', async () => {
    const commands = await vscode.commands.getCommands(true);
    expect(commands).to.include.members(['moat.restart', 'moat.showOutput', 'moat.explainRule']);
    const manifest: { contributes: { commands: { category: string }[] } } =
      vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON;
    for (const command of manifest.contributes.commands) expect(command.category).to.equal('Moat');
  });
});

import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, openFile, waitFor, waitForRules } from './world';

describe('commands', () => {
  afterEach(closeEditors);

  it('restart the server, which then reports the same', async () => {
    const { document } = await openFile('app.py');
    await waitForRules(document.uri, ['sql-injection']);
    await vscode.commands.executeCommand('moat.restart');
    await waitForRules(document.uri, ['sql-injection']);
  });

  it('show the output', async () => {
    await vscode.commands.executeCommand('moat.showOutput');
  });

  it('open the page of a rule', async () => {
    await vscode.commands.executeCommand('moat.explainRule', 'sql-injection');
    const tab = await waitFor('the page', () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .find((candidate) => /sql.injection/i.test(candidate.label)),
    );
    expect(tab.isActive).to.equal(true);
  });
});

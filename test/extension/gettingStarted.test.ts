import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, EXTENSION_ID, exported, fixesAt, waitFor, waitForRules } from './world';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

const SAMPLE = vscode.Uri.from({ scheme: 'untitled', path: '/guestbook.py' });

function steps(): readonly Step[] {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  const manifest: { contributes: { walkthroughs: { steps: Step[] }[] } } = extension?.packageJSON;
  return manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
}

describe('getting started', () => {
  afterEach(closeEditors);

  it('opens an app with a hole, and its fix closes it', async () => {
    await vscode.commands.executeCommand('moat.openSample');
    const [finding] = await waitForRules(SAMPLE, ['sql-injection']);
    const editor = vscode.window.activeTextEditor;
    expect(editor?.document.uri.toString()).to.equal(SAMPLE.toString());
    expect(
      finding?.range.contains(editor?.selection.active as vscode.Position),
      'the cursor is on it',
    ).to.equal(true);
    const [fix] = await fixesAt(SAMPLE, finding?.range as vscode.Range);
    expect(fix?.isPreferred).to.equal(true);
    await vscode.workspace.applyEdit(fix?.edit as vscode.WorkspaceEdit);
    await waitForRules(SAMPLE, []);
    expect(editor?.document.getText()).to.include('WHERE name = ?');
  });

  it('turns a row of the checklist green', async () => {
    await vscode.commands.executeCommand('moat.openSample');
    const [finding] = await waitForRules(SAMPLE, ['sql-injection']);
    const row = (mark: string) => new RegExp(`guestbook[^]*${mark} \\*\\*Queries are parametrized`);
    await exported('moat.exportChecklist', row('❌'));
    const [fix] = await fixesAt(SAMPLE, finding?.range as vscode.Range);
    await vscode.workspace.applyEdit(fix?.edit as vscode.WorkspaceEdit);
    await waitForRules(SAMPLE, []);
    await exported('moat.exportChecklist', row('✅'));
  });

  it('starts over when the sample is opened again', async () => {
    await vscode.commands.executeCommand('moat.openSample');
    await waitForRules(SAMPLE, ['sql-injection']);
    await vscode.commands.executeCommand('moat.openSample');
    await waitForRules(SAMPLE, ['sql-injection']);
  });

  it('has a walkthrough that opens, whose commands exist and whose pages are there', async () => {
    const commands = new Set(await vscode.commands.getCommands(true));
    const root = vscode.extensions.getExtension(EXTENSION_ID)?.extensionUri as vscode.Uri;
    for (const { description, media, completionEvents } of steps()) {
      const named = [...description.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1] as string);
      const awaited = completionEvents.flatMap((event) =>
        /^onCommand:(.+)/.exec(event)?.[1] ? [event.slice(10)] : [],
      );
      for (const command of [...named, ...awaited]) expect(commands.has(command), command).to.equal(true);
      const page = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, media.markdown));
      expect(page.length, media.markdown).to.be.greaterThan(50);
    }
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${EXTENSION_ID}#start`, false);
    await waitFor('the walkthrough', () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .find(({ label }) => /walkthrough|welcome/i.test(label)),
    );
  });
});

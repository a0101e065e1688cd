import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, openFile, removeFiles, waitForRules } from './world';

const BOTH = `import sqlite3
from flask import Flask, request

app = Flask(__name__)
app.secret_key = "correct horse battery staple"


@app.route("/user")
def user():
    name = request.args["name"]
    return str(sqlite3.connect("db").execute(f"SELECT * FROM user WHERE name = '{name}'").fetchall())
`;

async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('moat').update(key, value, vscode.ConfigurationTarget.Workspace);
}

describe('settings', () => {
  let uri: vscode.Uri;

  beforeEach(async () => {
    uri = (await openFile('both.py', BOTH)).document.uri;
    await waitForRules(uri, ['hardcoded-secret-key', 'sql-injection']);
  });

  afterEach(async () => {
    for (const key of ['rules', 'exclude', 'enable']) await set(key, undefined);
    await closeEditors();
    await removeFiles('both.py');
  });

  it('switch a rule off and on again', async () => {
    await set('rules', { 'sql-injection': 'off' });
    await waitForRules(uri, ['hardcoded-secret-key']);
    await set('rules', {});
    await waitForRules(uri, ['hardcoded-secret-key', 'sql-injection']);
  });

  it('change how severe a rule is', async () => {
    await set('rules', { 'sql-injection': 'off', 'hardcoded-secret-key': 'information' });
    const [finding] = await waitForRules(uri, ['hardcoded-secret-key']);
    expect(finding?.severity).to.equal(vscode.DiagnosticSeverity.Information);
  });

  it('apply key by key: one that is unknown costs nothing', async () => {
    await set('rules', { 'no-such-rule': 'off', 'sql-injection': 'off' });
    await waitForRules(uri, ['hardcoded-secret-key']);
  });

  it('leave files out', async () => {
    await set('exclude', ['both.py']);
    await waitForRules(uri, []);
  });

  it('switch everything off', async () => {
    await set('enable', false);
    await waitForRules(uri, []);
  });
});

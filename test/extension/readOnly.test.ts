/** A file system that takes no writes: everything is shown, nothing is written, and a fix fails with the editor's word. */
import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, fixesAt, waitFor, waitForRules } from './world';

const TEXT = `import requests

requests.get("https://example.org", verify=False, timeout=3)
`;

class Frozen implements vscode.FileSystemProvider {
  nWrites = 0;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch = () => new vscode.Disposable(() => {});
  stat = (): vscode.FileStat => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: TEXT.length });
  readFile = () => new TextEncoder().encode(TEXT);
  readDirectory = (): [string, vscode.FileType][] => [['frozen.py', vscode.FileType.File]];
  writeFile = () => this.#refuse();
  createDirectory = () => this.#refuse();
  delete = () => this.#refuse();
  rename = () => this.#refuse();

  #refuse(): never {
    this.nWrites++;
    throw vscode.FileSystemError.NoPermissions();
  }
}

describe('a read-only file system', () => {
  const frozen = new Frozen();
  let registration: vscode.Disposable;

  before(() => {
    registration = vscode.workspace.registerFileSystemProvider('frozen', frozen, { isReadonly: true });
  });
  after(async () => {
    await closeEditors();
    registration.dispose();
  });

  it('shows findings and their fixes, and is left as it is', async () => {
    const uri = vscode.Uri.from({ scheme: 'frozen', path: '/frozen.py' });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const [finding] = await waitForRules(uri, ['tls-verification-disabled']);
    await waitFor('a fix with its edit', async () => {
      const [fix] = await fixesAt(uri, finding?.range as vscode.Range);
      return fix?.edit;
    });
    expect(frozen.nWrites).to.equal(0);
    expect(document.getText()).to.equal(TEXT);
  });
});

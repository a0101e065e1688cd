import { expect } from 'chai';
import * as vscode from 'vscode';
import {
  closeEditors,
  fileUri,
  openFile,
  pause,
  removeFiles,
  replaceText,
  ruleOf,
  shownFindings,
  shownRules,
  waitFor,
  waitForRules,
  writeFile,
} from './world';

const LOOKUP = `import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.route("/user")
def user():
    name = request.args["name"]
    return str(sqlite3.connect("db").execute(f"SELECT * FROM user WHERE name = '{name}'").fetchall())
`;

describe('findings', () => {
  afterEach(async () => {
    await closeEditors();
    await removeFiles('lookup.py', 'unopened.py', 'views.py', 'templates/greeting.html');
  });

  it('lead along the path from the request to the query', async () => {
    const { document } = await openFile('lookup.py', LOOKUP);
    const [finding] = await waitForRules(document.uri, ['sql-injection']);
    expect(finding?.message).to.match(/query depends on/);
    const lines = finding?.relatedInformation?.map((step) => step.location.range.start.line);
    expect(lines).to.include(8);
    expect(finding?.range.start.line).to.equal(9);
  });

  it('come and go while typing, and stay while the line is half-typed', async () => {
    const editor = await openFile(
      'lookup.py',
      LOOKUP.replace(`f"SELECT * FROM user WHERE name = '{name}'"`, '"SELECT 1"'),
    );
    const { uri } = editor.document;
    await waitForRules(uri, []);
    await replaceText(editor, '"SELECT 1"', `f"SELECT * FROM user WHERE name = '{name}'"`);
    await waitForRules(uri, ['sql-injection']);
    await replaceText(editor, '.fetchall())\n', '.fetchall()\n');
    await pause(600); // ms; longer than the longest debounce
    expect(shownRules(uri)).to.deep.equal(['sql-injection']);
    await replaceText(editor, '.fetchall()\n', '.fetchall())\n');
    await replaceText(editor, `f"SELECT * FROM user WHERE name = '{name}'"`, '"SELECT 2"');
    await waitForRules(uri, []);
  });

  it('explain themselves in the hover', async () => {
    const { document } = await openFile('lookup.py', LOOKUP);
    const [finding] = await waitForRules(document.uri, ['sql-injection']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      finding?.range.start,
    );
    const text = hovers
      .flatMap((hover) => hover.contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    expect(text)
      .to.match(/sql-injection/)
      .and.match(/What can happen/);
  });

  it('show in a template what a view hands over', async () => {
    const view = `from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    return render_template("greeting.html", name=request.args.get("name"))
`;
    await writeFile('views.py', view);
    const { document } = await openFile('templates/greeting.html', '<p>Hello {{ name|safe }}</p>\n');
    // Until the view has been read from the disk, nothing is known about the value.
    const finding = await waitFor('an error', () => {
      const findings = shownFindings(document.uri);
      return findings.find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    });
    expect(ruleOf(finding)).to.equal('jinja-safe-filter');
    const files = finding.relatedInformation?.map((step) => step.location.uri.path.split('/').at(-1));
    expect(files).to.include('views.py');
  });

  it('appear for files that no editor shows, and go with the file', async () => {
    // A name of its own: VS Code keeps a document for minutes after its last editor was closed.
    const uri = await writeFile('unopened.py', LOOKUP);
    await waitForRules(uri, ['sql-injection']);
    await removeFiles('unopened.py');
    await waitForRules(uri, []);
  });

  it('survive a file that is not text', async () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => index % 256);
    await vscode.workspace.fs.writeFile(fileUri('views.py'), bytes);
    const { document } = await openFile('lookup.py', LOOKUP);
    await waitForRules(document.uri, ['sql-injection']);
  });

  it('are silenced by a comment with a reason', async () => {
    const editor = await openFile('lookup.py', LOOKUP);
    await waitForRules(editor.document.uri, ['sql-injection']);
    await replaceText(
      editor,
      '.fetchall())',
      '.fetchall())  # moat: ignore[sql-injection] only staff gets here',
    );
    await waitForRules(editor.document.uri, []);
  });
});

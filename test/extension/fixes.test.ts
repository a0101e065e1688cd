import { expect } from 'chai';
import * as vscode from 'vscode';
import {
  closeEditors,
  exists,
  fixesAt,
  openFile,
  readFile,
  removeFiles,
  replaceText,
  waitFor,
  waitForRules,
  writeFile,
} from './world';

const SEARCH = `import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.route("/search")
def search():
    db = sqlite3.connect("db")
    name = request.args["name"]
    city = request.args["city"]
    people = db.execute(f"SELECT * FROM person WHERE name = '{name}'").fetchall()
    places = db.execute("SELECT * FROM place WHERE city = '%s'" % city).fetchall()
    return str(people + places)
`;

const PARAMETERS = /execute\("SELECT \* FROM person WHERE name = \?", \(name,\)\)/;

describe('fixes', () => {
  afterEach(async () => {
    await closeEditors();
    await removeFiles(
      'search.py',
      'keys.py',
      '.env',
      '.env.example',
      '.gitignore',
      'templates/fragment.html',
      'page.py',
    );
  });

  it('give the query parameters, and the finding goes', async () => {
    const { document } = await openFile('search.py', SEARCH);
    const [finding] = await waitForRules(document.uri, ['sql-injection', 'sql-injection']);
    const [first] = await fixesAt(document.uri, finding!.range);
    expect(first?.isPreferred, 'the first one is preferred').to.equal(true);
    expect(await vscode.workspace.applyEdit(first!.edit!)).to.equal(true);
    expect(document.getText()).to.match(PARAMETERS);
    await waitForRules(document.uri, ['sql-injection']);
  });

  it('that are safe can be taken together for the whole file', async () => {
    const text = `from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)


@app.route("/hello")
def hello():
    name = request.args["name"]
    return Markup(f"<b>{name}</b>") + Markup("<i>%s</i>" % name)
`;
    const { document } = await openFile('hello.py', text);
    await waitForRules(document.uri, ['unsafe-markup', 'unsafe-markup']);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [all] = await fixesAt(document.uri, whole, vscode.CodeActionKind.SourceFixAll.append('moat'));
    expect(await vscode.workspace.applyEdit(all!.edit!)).to.equal(true);
    await waitForRules(document.uri, []);
    expect(document.getText()).to.include('Markup("<b>{}</b>").format(name)');
  });

  it('are undone in one step', async () => {
    const { document } = await openFile('search.py', SEARCH);
    const [finding] = await waitForRules(document.uri, ['sql-injection', 'sql-injection']);
    const [first] = await fixesAt(document.uri, finding!.range);
    await vscode.workspace.applyEdit(first!.edit!);
    await waitForRules(document.uri, ['sql-injection']);
    await vscode.commands.executeCommand('undo');
    await waitForRules(document.uri, ['sql-injection', 'sql-injection']);
    expect(document.getText()).to.equal(SEARCH);
  });

  it('are computed from the text as it is now', async () => {
    const editor = await openFile('search.py', SEARCH);
    const { document } = editor;
    await waitForRules(document.uri, ['sql-injection', 'sql-injection']);
    await replaceText(editor, 'import sqlite3\n', '# first line\n# second line\nimport sqlite3\n');
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('FROM person'));
    const range = new vscode.Range(line, 30, line, 30);
    const [first] = await fixesAt(document.uri, range);
    await vscode.workspace.applyEdit(first!.edit!);
    expect(document.getText()).to.match(PARAMETERS);
    expect(document.getText()).to.match(/^# first line\n# second line\nimport sqlite3\n/);
  });

  it('remove the filter from a template', async () => {
    const view = `from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/fragment")
def fragment():
    return render_template("fragment.html", note=request.args.get("note"))
`;
    await writeFile('page.py', view);
    const { document } = await openFile('templates/fragment.html', '<p>{{ note|trim|safe }}</p>\n');
    const [finding] = await waitForRules(document.uri, ['jinja-safe-filter']);
    const [first] = await fixesAt(document.uri, finding!.range);
    await vscode.workspace.applyEdit(first!.edit!);
    expect(document.getText()).to.equal('<p>{{ note|trim }}</p>\n');
    await waitForRules(document.uri, []);
  });

  it('move a secret into the environment, over files that are not there yet', async () => {
    const text =
      'from flask import Flask\n\napp = Flask(__name__)\napp.secret_key = "correct horse battery staple"\n';
    const { document } = await openFile('keys.py', text);
    const [finding] = await waitForRules(document.uri, ['hardcoded-secret-key']);
    const [first] = await fixesAt(document.uri, finding!.range);
    expect(await vscode.workspace.applyEdit(first!.edit!)).to.equal(true);
    // VS Code opens the changed files in tabs a moment later, and saves only what is in a tab.
    await waitFor('.env to be saved', async () => {
      await vscode.workspace.saveAll(false);
      return (await readFile('.env')) !== '' && (await readFile('.gitignore')) !== '' ? true : undefined;
    });
    expect(document.getText())
      .to.match(/os\.environ\["SECRET_KEY"\]/)
      .and.match(/^import os$/m);
    expect(await readFile('.env')).to.match(/^SECRET_KEY=["']?[0-9a-f]{64}["']?$/m);
    expect(await exists('.env.example')).to.equal(true);
    expect(await readFile('.env.example'))
      .to.match(/^SECRET_KEY=/m)
      .and.not.match(/[0-9a-f]{64}/);
    expect(await readFile('.gitignore')).to.match(/^\.env$/m);
    await waitForRules(document.uri, []);
  });
});

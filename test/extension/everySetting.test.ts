/** Each setting has the effect that it promises, in the editor itself. */
import { expect } from 'chai';
import * as vscode from 'vscode';
import { closeEditors, openFile, removeFiles, shownFindings, waitForRules, writeFile } from './world';

const TOOLS = `from flask import request


def clean(text):
    return text.strip()


def is_ok(text):
    return text.startswith("a")


def read_queue():
    return open("queue").read()


def run(text):
    print(len(text))


def trim(text):
    return open(text).read()


def connect():
    return open("db")


def read_name():
    return request.args["name"]
`;

const HEAD = `import sqlite3
from flask import Flask, request
import every_tools
import some_library

app = Flask(__name__)
app.secret_key = "correct horse battery staple"
db = sqlite3.connect("db")


@app.get("/user")
def user():
`;

/** A view whose last line is \`line\`. */
const view = (...lines: string[]) => `${HEAD}${lines.map((line) => `    ${line}\n`).join('')}`;
const QUERY = (value: string) =>
  `return str(db.execute("SELECT * FROM user WHERE name = '" + ${value} + "'"))`;
const NAME = 'request.args["name"]';
const KEY = 'hardcoded-secret-key';
const SQL = 'sql-injection';
const TOKEN = 'jinja-form-missing-csrf-token';
const BUILT = 'sql-string-building';

interface Case {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly code: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const CASES: readonly Case[] = [
  {
    settings: { rules: { [KEY]: 'hint' }, minSeverity: 'error' },
    code: view(QUERY(NAME)),
    before: [KEY, SQL],
    after: [SQL],
  },
  {
    settings: { rules: { [KEY]: 'hint' }, hints: false },
    code: view(QUERY(NAME)),
    before: [KEY, SQL],
    after: [SQL],
  },
  { settings: { include: ['shop/**'] }, code: view(QUERY(NAME)), before: [KEY, SQL], after: [] },
  {
    settings: { perPath: { 'every*.py': { [KEY]: 'off' } } },
    code: view(QUERY(NAME)),
    before: [KEY, SQL],
    after: [SQL],
  },
  {
    settings: { foreignSuppressions: false },
    code: view(`${QUERY(NAME)}  # nosec`),
    before: [KEY],
    after: [KEY, SQL],
  },
  {
    settings: { sanitizers: { 'every_tools.clean': { clears: 'all' } } },
    code: view(QUERY(`every_tools.clean(${NAME})`)),
    before: [KEY, SQL],
    after: [KEY],
  },
  {
    settings: { guards: { 'every_tools.is_ok': { argument: 0, clears: 'all' } } },
    code: view(`name = ${NAME}`, 'if not every_tools.is_ok(name):', '    return ""', QUERY('name')),
    before: [KEY, SQL],
    after: [KEY],
  },
  {
    settings: { sinks: { 'every_tools.run': { kind: 'command', argument: 0 } } },
    code: view(`every_tools.run(${NAME})`, 'return ""'),
    before: [KEY],
    after: [KEY, 'command-injection'],
  },
  {
    settings: { sources: { 'some_library.next_message()': {} } },
    code: view(QUERY('some_library.next_message()')),
    before: [KEY, BUILT],
    after: [KEY, SQL],
  },
  {
    settings: { types: { 'some_library.host()': 'paramiko.SSHClient' } },
    code: view(`some_library.host().exec_command(${NAME})`, 'return ""'),
    before: [KEY],
    after: [KEY, 'command-injection'],
  },
  {
    settings: { propagators: ['some_library.wash'] },
    code: view(QUERY(`some_library.wash(${NAME})`)),
    before: [KEY, BUILT],
    after: [KEY, SQL],
  },
  {
    settings: { trusted: ['every_tools.read_name'] },
    code: view(QUERY('every_tools.read_name()')),
    before: [KEY, SQL],
    after: [KEY],
  },
  {
    settings: {
      customRules: {
        'no-old-call': {
          message: 'This call is gone.',
          kind: 'command',
          sinks: { 'some_library.old': { argument: 0 } },
        },
      },
    },
    code: view(`some_library.old(${NAME})`, 'return ""'),
    before: [KEY],
    after: [KEY, 'no-old-call'],
  },
];

async function set(settings: Readonly<Record<string, unknown>>, isReset = false): Promise<void> {
  for (const [key, value] of Object.entries(settings))
    await vscode.workspace
      .getConfiguration('moat')
      .update(key, isReset ? undefined : value, vscode.ConfigurationTarget.Workspace);
}

describe('every setting', () => {
  afterEach(async () => {
    await closeEditors();
    await removeFiles(
      'every.py',
      'every_tools.py',
      'scoped.py',
      'templates/every.html',
      'moat-baseline.json',
    );
  });

  for (const { settings, code, before, after } of CASES)
    it(Object.keys(settings).join(' and '), async () => {
      await writeFile('every_tools.py', TOOLS);
      const { document } = await openFile('every.py', code);
      await waitForRules(document.uri, before);
      try {
        await set(settings);
        await waitForRules(document.uri, after);
      } finally {
        await set(settings, true);
      }
      await waitForRules(document.uri, before);
    });

  it('csrfTokens', async () => {
    const form =
      '<form method="post"><input type="hidden" name="own_token" value="{{ own_token }}"></form>\n';
    await writeFile(
      'every.py',
      view('return render_template("every.html")').replace('Flask, ', 'Flask, render_template, '),
    );
    const { document } = await openFile('templates/every.html', form);
    await waitForRules(document.uri, [TOKEN]);
    try {
      await set({ csrfTokens: ['own_token'] });
      await waitForRules(document.uri, []);
    } finally {
      await set({ csrfTokens: undefined });
    }
    await waitForRules(document.uri, [TOKEN]);
  });

  it('baseline', async () => {
    const { document } = await openFile('every.py', view(QUERY(NAME)));
    await waitForRules(document.uri, [KEY, SQL]);
    await vscode.commands.executeCommand('moat.createBaseline');
    await waitForRules(document.uri, []);
    // The command writes the setting into the folder's file: without that file all is shown again.
    await removeFiles('moat.toml', 'pyproject.toml');
    await waitForRules(document.uri, [KEY, SQL]);
    try {
      await set({ baseline: 'moat-baseline.json' });
      await waitForRules(document.uri, []);
    } finally {
      await set({ baseline: undefined });
    }
    await waitForRules(document.uri, [KEY, SQL]);
  });

  it('scope', async () => {
    const uri = await writeFile('scoped.py', view(QUERY(NAME)));
    await waitForRules(uri, [KEY, SQL]);
    try {
      await set({ scope: 'openFiles' });
      await waitForRules(uri, []);
    } finally {
      await set({ scope: undefined });
    }
    await waitForRules(uri, [KEY, SQL]);
  });

  it('trace.server leaves findings alone', async () => {
    const { document } = await openFile('every.py', view(QUERY(NAME)));
    await set({ 'trace.server': 'messages' });
    await waitForRules(document.uri, [KEY, SQL]);
    await set({ 'trace.server': undefined });
    expect(shownFindings(document.uri).length).to.be.greaterThan(1);
  });
});

describe('every view and command', () => {
  it('views open', async () => {
    for (const view of ['moat.checklist', 'moat.attackSurface', 'moat.flow'])
      await vscode.commands.executeCommand(`${view}.focus`);
  });

  it('what was not checked is shown, and a choice can be left', async () => {
    for (const command of ['moat.showLeftOut', 'moat.filterSurface']) {
      const shown = vscode.commands.executeCommand(command);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await shown;
    }
    await vscode.commands.executeCommand('moat.clearSurfaceFilter');
  });
});

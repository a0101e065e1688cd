/** Folders on a real disk, with the server as a process of its own: odd names, links, what is missing, and many files. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  FileChangeType,
  type ProtocolConnection,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';
import { type BuiltServer, buildServer, connectTo, type RunningServer, runServer } from './serverProcess';

const FAULT =
  'import os\nfrom flask import Flask\n\napp = Flask(__name__)\napp.secret_key = "k3y-from-the-code"\n';
const PAGE = '<p>{{ name|safe }}</p>\n';
const VIEW = `from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/")
def index():
    return render_template("page.html", name=request.args["name"])
`;

let server: BuiltServer;
let running: RunningServer;
let connection: ProtocolConnection;
let root = '';

beforeAll(async () => {
  server = await buildServer();
}, 60_000);
afterAll(() => server.remove());

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'moat-folders-'));
});

afterEach(async () => {
  connection.dispose();
  running.child.kill('SIGKILL');
  await running.exitCode;
  rmSync(root, { recursive: true, force: true });
}, 30_000);

function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return URI.file(file).toString();
}

async function start(...folders: string[]): Promise<void> {
  running = runServer(server, '--stdio');
  connection = connectTo(running);
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } },
    workspaceFolders: folders.map((folder) => ({ uri: URI.file(folder).toString(), name: folder })),
  });
  await connection.sendNotification('initialized', {});
}

function pullAll(
  previous: readonly { uri: string; value: string }[] = [],
): Promise<WorkspaceDiagnosticReport> {
  return connection.sendRequest('workspace/diagnostic', { previousResultIds: previous });
}

/** Rules by URI. */
async function found(): Promise<Record<string, (string | number | undefined)[]>> {
  const { items } = await pullAll();
  return Object.fromEntries(
    items.map((item) => [item.uri, item.kind === 'full' ? item.items.map(({ code }) => code) : []]),
  );
}

it.each(['with space', 'größe 中文', '100%', 'a%20b', 'c#', 'what?', "it's [odd] {x}", 'C:'])(
  'works in a folder that is called %s',
  async (name) => {
    const view = write(`${name}/views.py`, VIEW);
    const page = write(`${name}/templates/page.html`, PAGE);
    await start(join(root, name));
    const rules = await found();
    expect(rules[page]).toEqual(['jinja-safe-filter']);
    expect(rules[view]).toBeDefined();
  },
  30_000,
);

it('opens a linked folder, but follows no link out of it or in a circle', async () => {
  write('real/app.py', FAULT);
  write('outside/secret.py', FAULT);
  symlinkSync(join(root, 'real'), join(root, 'linked'));
  symlinkSync(join(root, 'real'), join(root, 'real/again'));
  symlinkSync(join(root, 'outside'), join(root, 'real/out'));
  await start(join(root, 'linked'));
  expect(Object.keys(await found())).toEqual([URI.file(join(root, 'linked/app.py')).toString()]);
}, 30_000);

it('checks the other folders where one is missing, and finds it when it comes', async () => {
  const app = write('a/app.py', FAULT);
  await start(join(root, 'a'), join(root, 'gone'));
  expect(Object.keys(await found())).toEqual([app]);
  const late = write('gone/app.py', FAULT);
  const changes = [{ uri: URI.file(join(root, 'gone')).toString(), type: FileChangeType.Created }];
  await connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await expect.poll(async () => Object.keys(await found())).toContain(late);
}, 30_000);

it('takes everything back when the folder itself is deleted or renamed', async () => {
  const app = write('a/app.py', FAULT);
  write('a/shop/app.py', FAULT);
  await start(join(root, 'a'));
  const first = await pullAll();
  expect(first.items).toHaveLength(2);
  renameSync(join(root, 'a'), join(root, 'b'));
  const changes = [{ uri: URI.file(join(root, 'a')).toString(), type: FileChangeType.Deleted }];
  await connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  const left = await pullAll(first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' })));
  expect(left.items.map((item) => (item.kind === 'full' ? item.items.length : 'kept'))).toEqual([0, 0]);
  expect(left.items.map(({ uri }) => uri)).toContain(app);
}, 30_000);

it('reads thousands of files, can be stopped in between, and stays small', async () => {
  const nFiles = 2000;
  const nFaults = 20;
  for (let index = 0; index < nFiles; index++) {
    const text =
      index % (nFiles / nFaults) === 0
        ? FAULT
        : `import os\n\n\ndef f${index}(x):\n    return x + ${index}\n`;
    write(`p${index % 100}/m${index}.py`, text);
  }
  await start(root);
  const source = new CancellationTokenSource();
  const cancelled = connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
  setTimeout(() => source.cancel(), 50);
  await expect(cancelled).rejects.toMatchObject({ code: -32800 });
  const { items } = await pullAll();
  expect(items).toHaveLength(nFaults);
  const residentKb = Number(
    /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${running.child.pid}/status`, 'utf8'))?.[1],
  );
  expect(residentKb / 1024).toBeLessThan(300);
}, 120_000);

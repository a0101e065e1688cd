/** The command with the engine that is shipped: on an app of a few files, and as a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { createFolder, runMoat } from './runMoat';
import { validateSarif } from './sarifSchema';

const APP = {
  'shop/__init__.py': '',
  'shop/db.py': 'import sqlite3\n\n\ndef get_db():\n    return sqlite3.connect("shop.db")\n',
  'shop/views.py': `from flask import Flask, render_template, request

from .db import get_db

app = Flask(__name__)


@app.route("/find")
def find():
    name = request.args["name"]
    rows = get_db().execute(f"SELECT * FROM goods WHERE name = '{name}'").fetchall()
    return render_template("find.html", rows=rows, name=name)


@app.route("/sound")
def sound():
    rows = get_db().execute("SELECT * FROM goods WHERE name = ?", (request.args["name"],)).fetchall()
    return render_template("sound.html", rows=rows)
`,
  'shop/templates/find.html': '<h1>{{ name|safe }}</h1>\n',
  'shop/templates/sound.html': '<h1>{{ rows|length }}</h1>\n',
};

const engine = { rules: RULES, createAnalyzer };

describe('the command with the real rules', () => {
  it('finds what is wrong, across files and into templates, and nothing else', () => {
    const { stdout, stderr, exitCode } = runMoat(['check', '--format', 'json'], {
      cwd: createFolder(APP),
      engine,
    });
    const findings = JSON.parse(stdout).findings.map(
      (finding: { ruleId: string; file: string; start: { line: number } }) => [
        finding.ruleId,
        finding.file,
        finding.start.line,
      ],
    );
    expect(findings).toEqual([
      ['jinja-safe-filter', 'shop/templates/find.html', 1],
      ['sql-injection', 'shop/views.py', 11],
    ]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
  });

  it('writes SARIF that passes the official schema, with the path through the app', () => {
    const { stdout } = runMoat(['check', '--format', 'sarif'], { cwd: createFolder(APP), engine });
    const run = validateSarif(JSON.parse(stdout));
    const template = run.results?.find(({ ruleId }) => ruleId === 'jinja-safe-filter');
    const uris = template?.codeFlows?.[0]?.threadFlows[0]?.locations.map(
      ({ location }) => location?.physicalLocation?.artifactLocation?.uri,
    );
    expect(uris?.[0]).toBe('shop/views.py');
    expect(uris?.at(-1)).toBe('shop/templates/find.html');
    expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  });

  it('lists in SARIF what comments switch off, when asked, with the reason; nothing else changes', () => {
    const view = APP['shop/views.py'].replace(
      /(execute\(f.*)$/m,
      '$1  # moat: ignore[sql-injection] names are checked at the gate',
    );
    const cwd = createFolder({ ...APP, 'shop/views.py': view });
    const results = (argv: readonly string[]) =>
      validateSarif(JSON.parse(runMoat([...argv, '--format', 'sarif'], { cwd, engine }).stdout)).results ??
      [];
    expect(results(['check']).map(({ ruleId }) => ruleId)).toEqual(['jinja-safe-filter']);
    const all = results(['check', '--include-known']);
    expect(all.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ['jinja-safe-filter', undefined],
      ['sql-injection', [{ kind: 'inSource', justification: 'names are checked at the gate' }]],
    ]);
    expect(all[1]?.codeFlows).toHaveLength(1);
    for (const index of [1, 2])
      runMoat(['check', '--shard', `${index}/2`, '--output', `${index}.json`], { cwd, engine });
    expect(results(['merge', '1.json', '2.json', '--include-known'])).toEqual(all);
    expect(results(['merge', '1.json', '2.json'])).toEqual(results(['check']));
  });

  it('keeps a fix that leaves a hint where the fault was, and only a hint', () => {
    const view = `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.post("/rename/<int:number>")
def rename(number):
    db = sqlite3.connect("shop.db")
    db.execute("UPDATE goods SET name = '{}' WHERE id = {}".format(request.form["name"], number))
    db.commit()
    return "", 204
`;
    const cwd = createFolder({ 'app.py': view });
    const rulesLeft = () =>
      JSON.parse(runMoat(['check', '--format', 'json', '--min-severity', 'hint'], { cwd, engine }).stdout)
        .findings.filter(({ start }: { start: { line: number } }) => start.line >= 11)
        .map(({ ruleId }: { ruleId: string }) => ruleId);
    expect(rulesLeft()).toEqual(['sql-injection', 'request-field-subscript']);
    const { stdout } = runMoat(['fix', '--kind', 'review', '--rule', 'sql-injection'], { cwd, engine });
    expect(stdout).toContain('1 finding fixed in 1 file');
    expect(readFileSync(join(cwd, 'app.py'), 'utf8')).toContain(
      '"UPDATE goods SET name = ? WHERE id = ?", (request.form["name"], number)',
    );
    expect(rulesLeft()).toEqual(['request-field-subscript', 'unchecked-input']);
  });

  it('fixes two faults of one line, one after the other', () => {
    const view = 'from flask import Flask\n\napp = Flask(__name__)\napp.run(host="0.0.0.0", debug=True)\n';
    const cwd = createFolder({ 'app.py': view });
    const { stdout } = runMoat(['fix', '--kind', 'review'], { cwd, engine });
    expect(stdout).toContain('3 findings fixed in 1 file');
    expect(readFileSync(join(cwd, 'app.py'), 'utf8')).toContain('    app.run(host="127.0.0.1", debug=False)');
  });

  it('explains every rule', () => {
    for (const { id, title } of RULES) {
      const { stdout, exitCode } = runMoat(['explain', id], { engine });
      expect(exitCode).toBe(0);
      expect(stdout).toContain(title);
    }
  });
});

describe('the bin', () => {
  let folder = '';
  const moat = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, 'moat.js'), ...args], { encoding: 'utf8' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'moat-bin-'));
    const source = (path: string) => fileURLToPath(new URL(`../../server/${path}`, import.meta.url));
    await esbuild.build({
      entryPoints: { moat: source('cli/main.ts'), server: source('lsp/main.ts') },
      bundle: true,
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      conditions: ['node', 'browser'],
      outdir: folder,
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says its version and ends with the exit code of the command', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(moat('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    expect(moat('check', createFolder(APP)).status).toBe(1);
    expect(moat('check', join(folder, 'nowhere')).status).toBe(2);
  });

  it('writes long reports through a pipe to their end', () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`v${index}.py`, APP['shop/views.py']]),
    );
    const { stdout } = moat(
      'check',
      '--format',
      'json',
      createFolder({ ...many, 'db.py': APP['shop/db.py'] }),
    );
    expect(stdout.length).toBeGreaterThan(50_000);
    expect(JSON.parse(stdout).findings.length).toBeGreaterThanOrEqual(60);
  });

  it('is a language server, when an editor asks for one', async () => {
    const server = spawn(process.execPath, [join(folder, 'moat.js'), 'lsp', '--stdio']);
    const send = (message: object) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    };
    let received = '';
    const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
    server.stdout.on('data', (chunk) => {
      received += chunk;
      if (!received.includes('"id":1')) return;
      send({ id: 2, method: 'shutdown' });
      send({ method: 'exit' });
    });
    send({ id: 1, method: 'initialize', params: { capabilities: {}, processId: null, rootUri: null } });
    expect(await ended).toBe(0);
    expect(received).toContain('"serverInfo":{"name":"Moat"');
  });
});

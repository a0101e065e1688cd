/** The real engine behind the server, while somebody types. */
import { afterEach, describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { ROOT, rangeOf, TestClient } from './testClient';

const APP = `${ROOT}/app.py`;
const engine = { rules: RULES, createAnalyzer };

const HEAD = `import sqlite3
from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/old")
def old():
    db = sqlite3.connect("db")
    name = request.args["name"]
    return db.execute(f"SELECT * FROM t WHERE n = '{name}'").fetchall()


`;

const TYPED = `@app.get("/new")
def new():
    db = sqlite3.connect("db")
    name = request.args.get("name", "")
    rows = db.execute(
        "SELECT * FROM users WHERE name = '%s'" % name
    ).fetchall()
    return render_template("new.html", rows=rows)
`;

let client: TestClient;
afterEach(() => client?.dispose());

/** Lines with errors and warnings. */
const lines = async () =>
  (await client.pull(APP)).flatMap(({ range, severity = 1 }) => (severity <= 2 ? [range.start.line] : []));

describe('typing a function character by character', () => {
  it('never lets an earlier finding flicker, and shows the new one when it is there', async () => {
    client = await TestClient.start({ engine });
    await client.open(APP, HEAD);
    expect(await lines()).toEqual([10]);
    let shownBefore = 0;
    let nAppeared = 0;
    for (let i = 0; i < TYPED.length; i++) {
      await client.edit(APP, HEAD.length + i, HEAD.length + i, TYPED.charAt(i));
      const shown = await lines();
      expect(shown, `after ${JSON.stringify(TYPED.slice(0, i + 1))}`).toContain(10);
      if (shown.length > shownBefore) nAppeared++;
      shownBefore = shown.length;
    }
    expect(await lines()).toEqual([10, 18]);
    expect(nAppeared).toBeLessThanOrEqual(2);
  });

  it('keeps both while a line above is broken, and moves them along', async () => {
    client = await TestClient.start({ engine });
    await client.open(APP, HEAD + TYPED);
    expect(await lines()).toEqual([10, 18]);
    const at = HEAD.indexOf('\n\n\n@app') + 1;
    for (const [index, char] of [...'data = load("x", [1\n'].entries()) {
      await client.edit(APP, at + index, at + index, char);
      const moved = char === '\n' ? 1 : 0;
      expect(await lines(), `after ${char}`).toEqual([10 + moved, 18 + moved]);
    }
  });

  it('lets the finding go with its fix, and come back with undo', async () => {
    client = await TestClient.start({ engine });
    await client.open(APP, HEAD);
    const [action] = await client.codeActions(APP, rangeOf(10, 25, 25));
    if (action === undefined) throw new Error('no action');
    const { edit } = await client.resolve(action);
    if (edit === undefined) throw new Error('no edit');
    await client.apply(edit);
    expect(client.text(APP)).toContain('db.execute("SELECT * FROM t WHERE n = ?", (name,)).fetchall()');
    expect(await lines()).toEqual([]);
    await client.edit(APP, 0, client.text(APP).length, HEAD);
    expect(await lines()).toEqual([10]);
  });
});

describe('a template', () => {
  const PAGE = `${ROOT}/templates/page.html`;

  it('follows what its view hands over, while both are edited', async () => {
    const view = (value: string) =>
      `from flask import Flask, render_template, request\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef page():\n    return render_template("page.html", name=${value})\n`;
    client = await TestClient.start({ engine });
    await client.open(APP, view('"constant"'));
    await client.open(PAGE, '<p>{{ name|safe }}</p>\n', 'jinja-html');
    const severities = async () => (await client.pull(PAGE)).map(({ severity }) => severity);
    expect(await severities()).toEqual([]);
    const start = view('').lastIndexOf(')');
    await client.edit(APP, start, start + '"constant"'.length, 'request.args["name"]');
    await client.clock.advance(1000);
    expect(client.nRefreshes).toBe(1);
    const [finding] = await client.pull(PAGE);
    expect(finding).toMatchObject({ code: 'jinja-safe-filter', severity: 1 });
    expect(finding?.relatedInformation?.map(({ location }) => location.uri)).toContain(APP);
    await client.edit(APP, start, start + 'request.args["name"]'.length, '"constant"');
    await client.clock.advance(1000);
    expect(await severities()).toEqual([]);
  });
});

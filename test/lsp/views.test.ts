/** What the views of the editor ask for, with the real engine. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import type { AttackSurfaceResult, ChecklistResult, FlowResult } from '../../server/protocol/views';
import { PACKED } from '../harness/chinese';
import { PLAIN, PULL, ROOT, rangeOf, TestClient } from './testClient';
import { idle } from './testClock';

const APP = `${ROOT}/app.py`;
const TEXT = `import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.get("/find/<kind>")
def find(kind):
    name = request.args["name"]
    rows = sqlite3.connect("x").execute(f"SELECT * FROM t WHERE n = '{name}'")
    return str(rows.fetchall())
`;
const CHINESE = Object.assign(
  {},
  PACKED.texts,
  ...['l10n/bundle.l10n', 'package.nls'].map((name) =>
    JSON.parse(readFileSync(`${name}.zh-cn.json`, 'utf8')),
  ),
);
const ENGINE = { rules: RULES, createAnalyzer };
const COMMANDS = ['moat.explainRule', 'moat.showFlow', 'moat.showRoute'];
const VIEWS = { commands: COMMANDS, wantsViews: true };

let client: TestClient;
afterEach(() => client?.dispose());

async function start(options: Parameters<typeof TestClient.start>[0] = {}): Promise<void> {
  client = await TestClient.start({
    engine: ENGINE,
    files: { [APP]: TEXT },
    initializationOptions: VIEWS,
    ...options,
  });
  await idle();
}

const checklist = () => client.request<ChecklistResult>('moat/checklist', undefined);
const surface = () => client.request<AttackSurfaceResult>('moat/attackSurface', undefined);
const statusOf = async (id: string) => (await checklist()).apps[0]?.rows.find((row) => row.id === id)?.status;

describe('moat/checklist', () => {
  it('gives rows with places of the protocol', async () => {
    await start();
    const { isLoading, apps } = await checklist();
    expect(isLoading).toBe(false);
    expect(apps.map(({ name }) => name)).toEqual(['app.py']);
    const row = apps[0]?.rows.find(({ id }) => id === 'queries-parametrized');
    expect(row).toMatchObject({
      title: 'Queries are parametrized',
      status: 'fail',
      reason: 'Places to mend: 1.',
      findings: [
        {
          uri: APP,
          label: 'app.py:10',
          ruleId: 'sql-injection',
          title: 'SQL injection',
          isFixable: true,
          hasFlow: true,
        },
      ],
    });
  });

  it('follows edits that are not saved', async () => {
    await start();
    await client.open(APP, TEXT);
    expect(await statusOf('queries-parametrized')).toBe('fail');
    const from = TEXT.indexOf('f"SELECT');
    const to = TEXT.indexOf(')\n    return');
    await client.edit(APP, from, to, '"SELECT * FROM t WHERE n = ?", (name,)');
    expect(await statusOf('queries-parametrized')).toBe('pass');
  });

  it('speaks the language of the client', async () => {
    const texts = { 'Queries are parametrized': '查询', 'Places to mend: {0}.': '{0} 处' };
    await start({ initializationOptions: { ...VIEWS, texts } });
    const row = (await checklist()).apps[0]?.rows.find(({ id }) => id === 'queries-parametrized');
    expect([row?.title, row?.reason]).toEqual(['查询', '1 处']);
  });

  it('says nothing of a folder in which Moat is switched off', async () => {
    await start({ settings: { enable: false } });
    expect((await checklist()).apps).toEqual([]);
  });
});

describe('moat/attackSurface', () => {
  it('gives routes in words, with their findings', async () => {
    await start();
    const { routes } = await surface();
    expect(routes).toMatchObject([
      {
        methods: 'GET',
        rule: '/find/<kind>',
        view: 'find',
        login: 'open to everybody',
        csrf: '',
        inputs: ['URL (kind)', 'query string (name)'],
        isOpen: true,
        isChanging: false,
        label: 'app.py:8',
        findings: [{ ruleId: 'sql-injection' }],
      },
    ]);
  });
});

describe('moat/flow', () => {
  const flow = (params: object) => client.request<FlowResult | null>('moat/flow', params);

  it('gives the steps of a finding, by its name and by a place', async () => {
    await start();
    const [route] = (await surface()).routes;
    const named = await flow({ uri: APP, fingerprint: route?.findings[0]?.fingerprint });
    expect(named?.steps.map(({ label }) => label)).toEqual([
      'app.py:9',
      'app.py:9',
      'app.py:10',
      'app.py:10',
    ]);
    expect(await flow({ uri: APP, position: { line: 9, character: 45 } })).toEqual(named);
  });

  it('is null where there is no finding, whatever comes', async () => {
    await start();
    for (const params of [
      {},
      { uri: 7 },
      { uri: APP },
      { uri: APP, fingerprint: 'x' },
      { uri: APP, position: { line: 0, character: 0 } },
      { uri: APP, position: { line: 'x' } },
      { uri: 'file:///elsewhere.py', fingerprint: 'x' },
    ])
      expect(await flow(params), JSON.stringify(params)).toBeNull();
  });
});

describe('moat/markdown', () => {
  const markdown = (params: object) => client.request<string | null>('moat/markdown', params);

  it('exports the views, and a finding without source text', async () => {
    await start();
    expect(await markdown({ what: 'checklist' })).toContain('- ❌ **Queries are parametrized**');
    expect(await markdown({ what: 'attackSurface' })).toContain(
      '| GET | `/find/<kind>` | `find` (app.py:8) |',
    );
    const issue = await markdown({ what: 'finding', uri: APP, position: { line: 9, character: 45 } });
    expect(issue).toContain('### SQL injection (`sql-injection`): app.py:10');
    expect(issue).toContain('1. `request.args["name"]`');
    expect(issue).toContain('**What can happen**');
    expect(issue).not.toContain('SELECT * FROM t');
    expect(await markdown({ what: 'finding', uri: APP })).toBeNull();
    expect(await markdown({ what: 'everything' })).toBeNull();
  });
});

describe('code lenses', () => {
  const lenses = () =>
    client.request<{ range: { start: { line: number } }; command: { title: string; command: string } }[]>(
      'textDocument/codeLens',
      { textDocument: { uri: APP } },
    );

  it('say above each route who may call it and what was found, and lead there', async () => {
    await start();
    await client.open(APP, TEXT);
    expect(await lenses()).toMatchObject([
      {
        range: { start: { line: 6 } },
        command: { title: 'GET /find/<kind> · open to everybody', command: 'moat.showRoute' },
      },
      { command: { title: 'Findings: 1 · SQL injection', command: 'moat.showFlow' } },
    ]);
  });

  it('are words alone for a client without those commands', async () => {
    await start({ initializationOptions: {}, capabilities: PLAIN });
    await client.open(APP, TEXT);
    expect((await lenses()).map(({ command }) => command.command)).toEqual(['', '']);
  });

  it('can be switched off', async () => {
    await start({ settings: { codeLens: false } });
    await client.open(APP, TEXT);
    expect(await lenses()).toEqual([]);
  });
});

describe('the news that views have changed', () => {
  it('comes once for many edits, after a rest, and only to clients with views', async () => {
    await start();
    await client.open(APP, TEXT);
    await client.pull(APP);
    await client.clock.advance(2000);
    const before = client.nViewNews;
    for (let i = 0; i < 5; i++) await client.edit(APP, 0, 0, '#');
    await client.clock.advance(2000);
    expect(client.nViewNews - before).toBeGreaterThanOrEqual(1);
    expect(client.nViewNews - before).toBeLessThanOrEqual(2);
    client.dispose();
    await start({ initializationOptions: {}, capabilities: PULL });
    await client.open(APP, TEXT);
    await client.clock.advance(2000);
    expect(client.nViewNews).toBe(0);
  });
});

it('findings, their paths, reasons and pages are said in the language of the client', async () => {
  const options = { ...VIEWS, texts: CHINESE, hoverShowsMessages: true };
  await start({ initializationOptions: options, capabilities: PULL });
  await client.open(APP, TEXT);
  const message = '此 SQL 查询取决于由访问者控制的 `request.args["name"]`。';
  expect(await client.pull(APP)).toMatchObject([{ message }]);
  const flow = await client.request<FlowResult>('moat/flow', {
    uri: APP,
    position: { line: 9, character: 60 },
  });
  expect(flow.finding).toMatchObject({ title: 'SQL 注入', message });
  expect(flow.steps.map((step) => step.message)).toEqual([
    '`request.args["name"]` 读取自查询字符串',
    '存入 `name`',
    '成为此文本的一部分',
    '作为 SQL 文本发送给数据库',
  ]);
  const hover = JSON.stringify(await client.hover(APP, 9, 60));
  expect(hover).toContain('**SQL 注入**');
  expect(hover).toContain('存入 `name`');
  // Such a client shows the message itself.
  expect(hover).not.toContain('此 SQL 查询');
  const page = await client.request<string>('moat/markdown', { what: 'checklist' });
  expect(page).toContain(`错误: ${message}`);
  // Nothing mends this: a script takes no parameters.
  const text = TEXT.replace('.execute(', '.executescript(');
  await client.edit(APP, 0, TEXT.length, text);
  expect((await client.pull(APP)).map((one) => one.message)).toEqual([message]);
  const actions = await client.codeActions(APP, rangeOf(9, 60, 60));
  expect(actions.map(({ title }) => title)).toContain('解释 `sql-injection`（未生成修复：此调用不接受参数）');
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, mergeLayers } from '../../../server/core/config/config';
import { configSettings } from '../../../server/core/config/jsonSchema';
import { nearestName } from '../../../server/core/config/problem';
import { readConfigFile, readSettings } from '../../../server/core/config/read';
import { CONFIG_KEYS } from '../../../server/core/config/schema';
import { camel } from '../../../server/core/config/shape';
import { DEFAULT_SETTINGS, parseSettings } from '../../../server/lsp/settings';
import { settingsSchema } from '../../../server/protocol/settings';

const RULES = ['sql-injection', 'unsafe-markup'];

describe('settings of an editor', () => {
  it.each([undefined, null, {}])('say nothing when they are %s', (raw) => {
    expect(readSettings(raw, RULES)).toEqual({ layer: {}, problems: [] });
  });

  it('are taken key by key', () => {
    const raw = {
      enable: false,
      minSeverity: 'warning',
      rules: { 'sql-injection': 'hint' },
      exclude: ['tests/**'],
      perPath: { 'tests/**': 'off', 'scripts/**': { 'sql-injection': 'hint' } },
      hints: false,
      csrfTokens: ['_token'],
      foreignSuppressions: false,
    };
    expect(readSettings(raw, RULES)).toEqual({
      layer: {
        enable: false,
        minSeverity: 'warning',
        ruleSeverities: { 'sql-injection': 'hint' },
        exclude: ['tests/**'],
        perPath: [
          { glob: 'tests/**', rules: { '*': 'off' } },
          { glob: 'scripts/**', rules: { 'sql-injection': 'hint' } },
        ],
        hints: false,
        csrfTokens: ['_token'],
        foreignSuppressions: false,
      },
      problems: [],
    });
  });

  it.each([
    ['text', ''],
    [[1], ''],
    [{ enable: 'yes' }, 'enable'],
    [{ rules: ['sql-injection'] }, 'rules'],
    [{ rules: { 'sql-injection': true } }, 'rules.sql-injection'],
    [{ rules: { nothing: 'off' } }, 'rules.nothing'],
    [{ exclude: 'tests' }, 'exclude'],
    [{ exclude: ['', 3] }, 'exclude[0]', 'exclude[1]'],
    [{ other: 1 }, 'other'],
    [{ perPath: { a: 3 } }, 'perPath.a'],
    [{ sanitizers: { 'a b': { clears: 'all' } } }, 'sanitizers.a b'],
    [{ sanitizers: { 'a.b': {} } }, 'sanitizers.a.b'],
    [{ sinks: { 'a.b': { kind: 'sqll', argument: 0 } } }, 'sinks.a.b.kind'],
    [{ customRules: { 'sql-injection': { message: 'x' } } }, 'customRules.sql-injection'],
    [{ customRules: { 'My Rule': { message: 'x' } } }, 'customRules.My Rule'],
  ])('report %j at its key', (raw, ...keys) => {
    const { layer, problems } = readSettings(raw, RULES);
    expect(problems.map((problem) => problem.key)).toEqual(keys);
    expect(mergeLayers([layer])).toMatchObject({ enable: true, exclude: [] });
  });

  it('keep the good items beside a bad one', () => {
    const raw = { exclude: ['a', 7, 'b'], rules: { 'sql-injection': 'off', 'unsafe-markup': 'loud' } };
    expect(readSettings(raw, RULES).layer).toEqual({
      exclude: ['a', 'b'],
      ruleSeverities: { 'sql-injection': 'off' },
    });
  });

  it('are not led astray by names that every object has', () => {
    const raw = JSON.parse('{"rules":{"__proto__":"off","constructor":"off"},"toString":1}');
    const { layer, problems } = readSettings(raw, RULES);
    expect(layer.ruleSeverities).toEqual({});
    expect(problems).toHaveLength(3);
  });

  it('suggest the nearest name, if one is near', () => {
    expect(nearestName('sql-injecton', RULES)).toBe('sql-injection');
    expect(nearestName('something-else', RULES)).toBeUndefined();
  });
});

describe('a configuration file', () => {
  const read = (text: string, file = 'moat.toml') => readConfigFile(file, text, RULES);

  it('is reported at the place of each bad key, with what was meant; the good ones apply', () => {
    const text =
      'exclud = ["a"]\nhints = "no"\n[rules]\nsql-injektion = "off"\nunsafe-markup = "hnit"\n"*" = "hint"\n';
    const result = read(text);
    expect(
      result?.problems.map(({ range, suggestion }) => [text.slice(range.start, range.end), suggestion]),
    ).toEqual([
      ['exclud', 'exclude'],
      ['"no"', undefined],
      ['sql-injektion', 'sql-injection'],
      ['"hnit"', '"hint"'],
    ]);
    expect(result?.layer).toEqual({ ruleSeverities: { '*': 'hint' } });
  });

  it('counts in pyproject.toml only below tool.moat', () => {
    expect(read('[tool.ruff]\nline-length = 1\n', 'pyproject.toml')).toBeUndefined();
    expect(read('[tool.other]\nname = "moat"\n', 'pyproject.toml')).toBeUndefined();
    const text =
      '[project]\nname = "x"\n[tool.moat]\nexclude = ["a"]\n[tool.moat.rules]\nsql-injection = "off"\n';
    expect(read(text, 'pyproject.toml')?.layer).toEqual({
      exclude: ['a'],
      ruleSeverities: { 'sql-injection': 'off' },
    });
  });

  it('holds rows in the shape of the knowledge', () => {
    const text = [
      '[sources]',
      '"app.queue.next_message()" = { label = "the queue" }',
      '[sinks]',
      '"app.db.run" = { kind = "sql", argument = 0 }',
      '"app.shell.run" = { kind = "command", argument = { position = 1, name = "line" }, when = [{ argument = "safe", values = [false] }] }',
      '[sanitizers]',
      '"app.text.clean" = { clears = ["html"], must-not-match = "x" }',
      '[guards]',
      '"app.check.ok" = { argument = "value", clears = "all" }',
      '[types]',
      '"app.db.get_db()" = "sqlite3.Connection"',
    ].join('\n');
    const { layer, problems } = read(`propagators = ["app.text.trim"]\ntrusted = ["app.now"]\n${text}`) ?? {};
    expect(problems).toEqual([]);
    expect(layer?.rows).toEqual({
      sources: { 'app.queue.next_message()': { label: 'the queue' } },
      sinks: {
        'app.db.run': { kind: 'sql', argument: { position: 0 } },
        'app.shell.run': {
          kind: 'command',
          argument: { position: 1, name: 'line' },
          when: [{ argument: { name: 'safe' }, values: [false] }],
        },
      },
      sanitizers: { 'app.text.clean': { clears: ['html'], label: 'made safe' } },
      guards: { 'app.check.ok': { argument: { name: 'value' }, clears: 'all' } },
      types: { 'app.db.get_db()': 'sqlite3.Connection' },
      propagators: ['app.text.trim'],
      trusted: ['app.now'],
    });
  });

  it('may switch its own rules off', () => {
    const text = '[rules]\nno-run = "hint"\n[custom-rules.no-run]\nmessage = "No."\n';
    expect(read(text)?.problems).toEqual([]);
  });

  it('is read in time, however large', () => {
    const text = `[rules]\n${Array.from({ length: 20_000 }, (_, i) => `rule-${i} = "off"`).join('\n')}`;
    const start = performance.now();
    expect(read(text)?.problems).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('layers', () => {
  it('let the topmost say what is single, and put lists together', () => {
    const file = { minSeverity: 'warning', exclude: ['a'], ruleSeverities: { x: 'off', y: 'hint' } } as const;
    const editor = { minSeverity: 'hint', exclude: ['b'], ruleSeverities: { y: 'error' } } as const;
    expect(mergeLayers([file, editor])).toEqual({
      ...DEFAULT_CONFIG,
      minSeverity: 'hint',
      exclude: ['a', 'b'],
      ruleSeverities: { x: 'off', y: 'error' },
      rows: expect.anything(),
    });
  });
});

describe('the settings in package.json', () => {
  const schema = settingsSchema(
    configSettings(RULES.map((id) => ({ id, title: `Title of ${id}`, severity: 'error' }))),
  );

  it('have the defaults that the server takes when nothing is said', () => {
    const defaults = mergeLayers([DEFAULT_SETTINGS.layer]);
    const known = {
      ...defaults,
      ...defaults.rows,
      minSeverity: 'hint',
      rules: defaults.ruleSeverities,
      scope: DEFAULT_SETTINGS.scope,
    };
    for (const key of [...Object.keys(CONFIG_KEYS).map(camel), 'scope']) {
      const fallback = schema.properties[`moat.${key}`]?.default;
      const own = Object.entries(known).find(([name]) => name === key)?.[1];
      const isSame = JSON.stringify(fallback) === JSON.stringify(own);
      expect(isSame || (key === 'perPath' && JSON.stringify(fallback) === '{}'), key).toBe(true);
    }
  });

  it('are all understood by the server', () => {
    const raw = Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => [
        key.split('.')[1] ?? '',
        key === 'moat.trace.server' ? {} : property.default,
      ]),
    );
    expect(parseSettings({ ...raw, baseline: undefined }, RULES).problems).toEqual([]);
  });

  it('name every rule, with every value that the server takes', () => {
    const { properties } = schema.properties['moat.rules'] as {
      properties: Record<string, { enum: string[] }>;
    };
    expect(Object.keys(properties)).toEqual(RULES);
    for (const setting of properties['sql-injection']?.enum ?? []) {
      const raw = { rules: { 'sql-injection': setting } };
      expect(parseSettings(raw, RULES).value.layer.ruleSeverities).toEqual({ 'sql-injection': setting });
    }
  });
});

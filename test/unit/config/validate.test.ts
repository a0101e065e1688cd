import { describe, expect, it } from 'vitest';
import { nearestName, parseConfig } from '../../../server/core/config/validate';
import { DEFAULT_SETTINGS, parseSettings } from '../../../server/lsp/settings';
import { SETTINGS_DEFAULTS, settingsSchema } from '../../../server/protocol/settings';

const RULES = ['sql-injection', 'unsafe-markup'];
const DEFAULTS = { enable: true, ruleSeverities: {}, exclude: [] };

describe('parseConfig', () => {
  it.each([undefined, null, {}])('takes the defaults for %s', (raw) => {
    expect(parseConfig(raw, RULES)).toEqual({ value: DEFAULTS, problems: [] });
  });

  it('takes every good key', () => {
    const raw = { enable: false, rules: { 'sql-injection': 'hint' }, exclude: ['tests/**'] };
    expect(parseConfig(raw, RULES)).toEqual({
      value: { enable: false, ruleSeverities: { 'sql-injection': 'hint' }, exclude: ['tests/**'] },
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
    [{ exclude: ['', 3] }, 'exclude'],
    [{ other: 1 }, 'other'],
  ])('reports %j at its key', (raw, key) => {
    const { value, problems } = parseConfig(raw, RULES);
    expect(problems.map((problem) => problem.key)).toEqual([key]);
    expect(value).toMatchObject({ enable: true, exclude: [] });
  });

  it('keeps the good items beside a bad one', () => {
    const raw = { exclude: ['a', 7, 'b'], rules: { 'sql-injection': 'off', 'unsafe-markup': 'loud' } };
    expect(parseConfig(raw, RULES).value).toEqual({
      enable: true,
      exclude: ['a', 'b'],
      ruleSeverities: { 'sql-injection': 'off', 'unsafe-markup': 'default' },
    });
  });

  it('is not led astray by names that every object has', () => {
    const { value, problems } = parseConfig(
      JSON.parse('{"rules":{"__proto__":"off","constructor":"off"}}'),
      RULES,
    );
    expect(value.ruleSeverities).toEqual({});
    expect(problems).toHaveLength(2);
  });

  it('suggests the nearest name, if one is near', () => {
    expect(nearestName('sql-injecton', RULES)).toBe('sql-injection');
    expect(nearestName('something-else', RULES)).toBeUndefined();
  });
});

describe('the settings of the editor', () => {
  const schema = settingsSchema(RULES.map((id) => ({ id, title: `Title of ${id}`, severity: 'error' })));

  it('have one set of defaults', () => {
    const { enable, scope, minSeverity, exclude } = SETTINGS_DEFAULTS;
    expect({ enable, scope, minSeverity, exclude }).toEqual({
      enable: DEFAULT_SETTINGS.config.enable,
      scope: DEFAULT_SETTINGS.scope,
      minSeverity: DEFAULT_SETTINGS.minSeverity,
      exclude: DEFAULT_SETTINGS.config.exclude,
    });
    for (const [key, value] of Object.entries(SETTINGS_DEFAULTS))
      expect(schema.properties[`moat.${key}`]?.default).toEqual(value);
  });

  it('are all understood by the server', () => {
    const keys = Object.keys(schema.properties).map((key) => key.split('.')[1] ?? '');
    const raw = Object.fromEntries(keys.map((key) => [key, undefined]));
    expect(parseSettings(raw, RULES).problems).toEqual([]);
  });

  it('name every rule, with every value that the server takes', () => {
    const { properties } = schema.properties['moat.rules'] as {
      properties: Record<string, { enum: string[] }>;
    };
    expect(Object.keys(properties)).toEqual(RULES);
    for (const setting of properties['sql-injection']?.enum ?? []) {
      const raw = { rules: { 'sql-injection': setting } };
      expect(parseSettings(raw, RULES).value.config.ruleSeverities).toEqual({ 'sql-injection': setting });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { RULES } from '../../../server/core/index';
import { configHover, configItems } from '../../../server/core/service/configHelp';

/** Labels offered at `|`. */
function offered(marked: string, file = 'moat.toml'): string[] {
  const offset = marked.indexOf('|');
  return configItems(file, marked.replace('|', ''), offset, RULES).map(({ label }) => label);
}

/** The text with the item of this label taken. */
function taken(marked: string, label: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const item = configItems('moat.toml', text, offset, RULES).find((one) => one.label === label);
  return item && text.slice(0, item.range.start) + item.newText + text.slice(item.range.end);
}

describe('what may stand in a configuration file', () => {
  it.each([
    ['|', ['enable', 'exclude', 'rules', 'custom-rules'], ['position', 'sql-injection']],
    ['[|', ['rules', 'per-path', 'sanitizers'], ['enable', 'exclude']],
    ['[rules]\n|', ['sql-injection', 'weak-hash'], ['enable']],
    ['[rules]\nsql-injection = |', ['off', 'hint', 'error'], ['true']],
    ['[rules]\nsql-injection = "o|"', ['off'], []],
    ['hints = |', ['true', 'false'], ['off']],
    ['[per-path."tests/**"]\n|', ['sql-injection'], ['enable']],
    ['[sanitizers."a.b"]\n|', ['clears', 'must-match'], ['argument']],
    ['[sanitizers."a.b"]\nclears = ["|', ['html', 'sql'], ['off']],
    ['rules.|', ['sql-injection'], ['enable']],
  ])('%j', (text, some, none) => {
    const labels = offered(text);
    for (const label of some) expect(labels).toContain(label);
    for (const label of none) expect(labels).not.toContain(label);
  });

  it('in pyproject.toml only below tool.moat', () => {
    expect(offered('[project]\n|', 'pyproject.toml')).toEqual([]);
    expect(offered('|', 'pyproject.toml')).toEqual([]);
    expect(offered('[tool.moat]\n|', 'pyproject.toml')).toContain('exclude');
    expect(offered('[tool.moat.|', 'pyproject.toml')).toContain('rules');
  });

  it('takes the place of what is typed', () => {
    expect(taken('[rules]\nsql-in|', 'sql-injection')).toBe('[rules]\nsql-injection');
    expect(taken('[rules]\nweak-hash = "o|"\n', 'off')).toBe('[rules]\nweak-hash = "off"\n');
    expect(taken('hints = f|', 'false')).toBe('hints = false');
  });

  it('is explained where it stands', () => {
    const hover = (marked: string) =>
      configHover('moat.toml', marked.replace('|', ''), marked.indexOf('|'), RULES)?.markdown;
    expect(hover('exc|lude = []')).toContain('Glob patterns');
    expect(hover('[rules]\nsql-inj|ection = "off"')).toContain('SQL injection');
    expect(hover('[sinks]\n"a.b" = { ki|nd = "sql" }')).toContain('harm');
    expect(hover('exclude = [|]')).toBeUndefined();
  });
});

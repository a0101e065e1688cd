import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/base/textEdit';
import { addToTomlList, setTomlValue } from '../../../server/core/edits/tomlEdit';

function set(text: string, path: string[], value: string): string | undefined {
  const edit = setTomlValue(text, path, value);
  return edit && applyEdits(text, [edit]);
}

describe('a key of a TOML file', () => {
  it.each([
    ['', '[rules]\na-b = "off"\n'],
    ['[rules]\n', '[rules]\na-b = "off"\n'],
    ['[rules]\nx = "hint" # why\n\n[per-path]\n', '[rules]\nx = "hint" # why\na-b = "off"\n\n[per-path]\n'],
    ['[rules]\na-b = "hint" # why\n', '[rules]\na-b = "off" # why\n'],
    ['rules = { x = "off" }\n', 'rules = { x = "off", a-b = "off" }\n'],
    ['rules = {}\n', 'rules = { a-b = "off" }\n'],
    ['rules.x = "off"\n[per-path]\n', 'rules.a-b = "off"\nrules.x = "off"\n[per-path]\n'],
    ['hints = true\n', 'hints = true\n\n[rules]\na-b = "off"\n'],
    ['[rules]\r\nx = "off"\r\n', '[rules]\r\nx = "off"\r\na-b = "off"\r\n'],
    ['[rules]\n\n# about paths\n[per-path]\n', '[rules]\na-b = "off"\n\n# about paths\n[per-path]\n'],
  ])('of %j is set', (text, expected) => {
    expect(set(text, ['rules', 'a-b'], '"off"')).toBe(expected);
  });

  it.each([
    ['[project]\nname = "x"\n', '[project]\nname = "x"\n\n[tool.moat.rules]\na = "off"\n'],
    ['[tool.moat]\nhints = true\n[tool.x]\n', '[tool.moat]\nhints = true\nrules.a = "off"\n[tool.x]\n'],
    ['[tool.moat.rules]\n', '[tool.moat.rules]\na = "off"\n'],
  ])('in pyproject.toml: %j', (text, expected) => {
    expect(set(text, ['tool', 'moat', 'rules', 'a'], '"off"')).toBe(expected);
  });

  it('that needs quotes gets them', () => {
    expect(set('', ['per-path', 'a/**', 'x'], '"off"')).toBe('[per-path."a/**"]\nx = "off"\n');
    expect(set('[per-path]\n"a/**" = "off"\n', ['per-path', 'a/**', 'x'], '"off"')).toBeUndefined();
  });

  it('in a list', () => {
    const add = (text: string) => {
      const edit = addToTomlList(text, ['trusted'], 'b.c');
      return edit && applyEdits(text, [edit]);
    };
    expect(add('')).toBe('trusted = ["b.c"]\n');
    expect(add('[rules]\n')).toBe('trusted = ["b.c"]\n\n[rules]\n');
    expect(add('trusted = ["a"]\n')).toBe('trusted = ["a", "b.c"]\n');
    expect(add('trusted = [\n  "a",\n]\n')).toBe('trusted = [\n  "a", "b.c",\n]\n');
    expect(add('trusted = []\n')).toBe('trusted = ["b.c"]\n');
  });
});

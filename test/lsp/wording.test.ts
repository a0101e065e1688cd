import { describe, expect, it } from 'vitest';
import { pack, titleIn, wordingIn } from '../../server/lsp/wording';

const FINDINGS = {
  'This query depends on `{0}`, which a visitor controls.': '此查询取决于由访问者控制的 `{0}`。',
  '`{0}` comes from `{1}`.': '`{1}` 给出 `{0}`。',
  'This is checked by an `assert`.': '这由 `assert` 检查。',
  'This writes {0} to the log.': '这会将{0}写入日志。',
  'everything that was sent': '发送的所有内容',
  'passed to `{0}`': '传给 `{0}`',
  '`{0}` is read from {1}': '`{0}` 读取自{1}',
  'the {0} header': ' {0} 请求头',
  'the URL of `{0}`': ' `{0}` 的网址',
  'There is no `{0}`.': '没有 `{0}`。',
  'Did you mean `{0}`?': '您是否想写 `{0}`？',
  'Use {0}': '使用 {0}',
  'Use {0} bits': '使用 {0} 位',
};
const { texts, problems } = pack(FINDINGS);
const say = wordingIn(texts);

describe('a text of the engine is said in the editor’s language', () => {
  it.each([
    ['This query depends on `x`, which a visitor controls.', '此查询取决于由访问者控制的 `x`。'],
    // What stands in code is never taken for a value, a pattern or a replacement.
    [
      'This query depends on `f"{1}$&"`, which a visitor controls.',
      '此查询取决于由访问者控制的 `f"{1}$&"`。',
    ],
    ['`a` comes from `b`.', '`b` 给出 `a`。'],
    ['This is checked by an `assert`.', '这由 `assert` 检查。'],
    ['This writes everything that was sent to the log.', '这会将发送的所有内容写入日志。'],
    ['This writes `a` and more to the log.', '这会将`a` and more写入日志。'],
    ['`r.referrer` is read from the Referer header', '`r.referrer` 读取自 Referer 请求头'],
    ['`a` is read from the URL of `show`', '`a` 读取自 `show` 的网址'],
    ['There is no `a`. Did you mean `b`?', '没有 `a`。您是否想写 `b`？'],
    ['Use 0o644', '使用 0o644'],
    ['Use 3072 bits', '使用 3072 位'],
  ])('%s', (english, chinese) => {
    expect(problems).toEqual([]);
    expect(say(english)).toBe(chinese);
  });

  it('and stays as it is where nothing is known', () => {
    expect(say('A message of your own: `x`. With two sentences.')).toBe(
      'A message of your own: `x`. With two sentences.',
    );
    expect(say('')).toBe('');
    expect(wordingIn({})('SQL injection')).toBe('SQL injection');
  });
});

describe('translations are packed', () => {
  it('with hashes for what the engine has in English', () => {
    expect(JSON.stringify(texts)).not.toContain('which a visitor controls');
  });

  it.each([
    [{ 'Drop `{0}`': '去掉 `{1}`' }, /`\{1\}` is not in/],
    [{ 'Drop `{0}`': '去掉', 'Drop `x`': '移除' }, /translated otherwise/],
  ])('unless they do not fit: %j', (findings, problem) => {
    expect(pack(findings).problems.join()).toMatch(problem);
  });
});

it('titles of rules are those of their settings', () => {
  const settings = { 'moat.rules.a-rule': '未转义（`|safe`）（默认为错误）。' };
  expect(titleIn(settings, { id: 'a-rule', title: 'Not escaped (`|safe`)' })).toBe('未转义（`|safe`）');
  expect(titleIn(settings, { id: 'own', title: 'My own' })).toBe('My own');
});

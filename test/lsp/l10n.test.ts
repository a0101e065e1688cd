import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { languageOf, type Texts } from '../../server/lsp/l10n';
import { type ClientOptions, ROOT, rangeOf, TestClient } from './testClient';

const APP = `${ROOT}/app.py`;
const CHINESE: Texts = JSON.parse(
  readFileSync(new URL('../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8'),
);
const COMMANDS = ['moat.explainRule'];

let client: TestClient | undefined;
afterEach(() => client?.dispose());

async function titlesFor(options: ClientOptions): Promise<string[]> {
  client = await TestClient.start(options);
  await client.open(APP, 'FAULT FAULT');
  return (await client.codeActions(APP, rangeOf(0, 2, 2))).map(({ title }) => title);
}

describe('the light bulb speaks', () => {
  it('what the client sends', async () => {
    const titles = await titlesFor({ initializationOptions: { commands: COMMANDS, texts: CHINESE } });
    expect(titles).toContain('修复此文件中的所有 `fake-fault`');
    expect(titles).toContain('解释 `fake-fault`');
  });

  it('what is shipped for the language of a client that sends nothing', async () => {
    const textsOf = (language: string) => (language === 'zh-cn' ? CHINESE : undefined);
    const titles = await titlesFor({
      locale: 'zh_CN.UTF-8',
      initializationOptions: { commands: COMMANDS },
      textsOf,
    });
    expect(titles).toContain('解释 `fake-fault`');
  });

  it('English where nothing is known, or nonsense is sent', async () => {
    const texts = { 'Explain `{0}`': 7 };
    const titles = await titlesFor({ locale: 'fr', initializationOptions: { commands: COMMANDS, texts } });
    expect(titles).toContain('Explain `fake-fault`');
  });
});

it.each([
  ['zh', 'zh-cn'],
  ['zh-CN', 'zh-cn'],
  ['zh-Hans-SG', 'zh-cn'],
  ['zh-tw', undefined],
  ['en', undefined],
  ['zhx', undefined],
  [undefined, undefined],
])('%s is served in %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

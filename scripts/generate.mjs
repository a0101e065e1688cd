/** Writes what is derived from other files, so that nobody keeps two places in step by hand.
 *
 *    node scripts/generate.mjs           writes
 *    node scripts/generate.mjs --check   writes sources (they are not committed), fails if committed text is stale
 *
 *  Sources, git-ignored: the Python parser's cut, the rule registry.
 *  Committed: the settings in package.json, its texts in package.nls.json, the schema of moat.toml, the tables in
 *  README.md. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { bundleParser } from './bundleParser.mjs';
import { inOrderOf, moveTextsOut } from './lib/manifestTexts.mjs';
import { fromRoot, isMain, ROOT, toShown } from './lib/paths.mjs';
import { runScript, ScriptError } from './lib/progress.mjs';

const RULES_FOLDER = fromRoot('server/core/rules');
const REGISTRY_FILE = fromRoot('server/core/generated/registry.ts');

/** What this script reads of a rule; the whole contract is server/core/rules/rule.ts.
 *  @typedef {{ id: string, title: string, kind: string, severity: string, fixSafety?: string }} RuleFacts
 *  @typedef {Record<string, { cwe: number | string, owasp: string }>} Kinds
 *  @typedef {{ RULES: RuleFacts[], KINDS: Kinds,
 *    settingsSchema: (mirrored: object) => Record<string, unknown>,
 *    configSettings: (rules: readonly RuleFacts[]) => object,
 *    tomlSchema: (rules: readonly RuleFacts[]) => object,
 *    configTable: () => readonly string[] }} Product */

/** Everything that the compiler and the bundles need and git does not keep. */
export async function generateSources() {
  await bundleParser();
  writeIfChanged(REGISTRY_FILE, registrySource(ruleIds()));
}

/** Text that is committed, by file: as it ought to be.
 *  @returns {Promise<Map<string, string>>} */
export async function committedTexts() {
  const product = await loadProduct();
  checkRules(product.RULES);
  const texts = new Map();
  const manifest = fromRoot('package.json');
  for (const [file, text] of manifestTexts(readFileSync(manifest, 'utf8'), product)) texts.set(file, text);
  const readme = fromRoot('README.md');
  if (existsSync(readme)) {
    const text = withTable(readFileSync(readme, 'utf8'), 'rules', ruleTable(product.RULES, product.KINDS));
    texts.set(readme, withTable(text, 'config', product.configTable()));
  }
  const schema = product.tomlSchema(product.RULES);
  texts.set(fromRoot('schemas/moat.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
  return texts;
}

/** A rule file is kebab-case or a single lower-case word that is not a helper; helpers are camelCase.
 *  What tells them for sure is the export. */
function ruleIds() {
  return readdirSync(RULES_FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /^export const rule\b/m.test(readFileSync(join(RULES_FOLDER, name), 'utf8')))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

/** @param {readonly string[]} ids */
function registrySource(ids) {
  const nameOf = (/** @type {string} */ id) => id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return [
    '/** Every rule, sorted by id. Generated from server/core/rules; do not edit. */',
    ...ids.map((id) => `import { rule as ${nameOf(id)} } from '../rules/${id}';`),
    "import type { Rule } from '../rules/rule';",
    '',
    `export const RULES: readonly Rule[] = [${ids.map((id) => `\n  ${nameOf(id)},`).join('')}${ids.length ? '\n' : ''}];`,
    '',
  ].join('\n');
}

/** Bundles the TypeScript that holds the facts into a temporary module and imports it.
 *  @returns {Promise<Product>} */
async function loadProduct() {
  const folder = mkdtempSync(join(ROOT, 'node_modules/.moat-generate-'));
  const outfile = join(folder, 'product.mjs');
  const entry = [
    "export { RULES, KINDS } from './server/core/index';",
    "export { configSettings, configTable, tomlSchema } from './server/core/config/jsonSchema';",
    "export { settingsSchema } from './server/protocol/settings';",
  ];
  try {
    await esbuild.build({
      stdin: { contents: entry.join('\n'), resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
      outfile,
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {readonly RuleFacts[]} rules */
function checkRules(rules) {
  const wrong = rules.filter((rule) => !existsSync(join(RULES_FOLDER, `${rule.id}.ts`)));
  if (wrong.length > 0) {
    throw new ScriptError(
      `These rules are not in a file of their id's name: ${wrong.map((rule) => rule.id).join(', ')}`,
    );
  }
}

/** package.json with the settings, and what people read of it, by language.
 *  @param {string} text of package.json
 *  @param {Product} product
 *  @returns {[string, string][]} */
function manifestTexts(text, { RULES, settingsSchema, configSettings }) {
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(fromRoot(name), 'utf8'));
  const manifest = JSON.parse(text);
  const configuration = settingsSchema(configSettings(RULES));
  const { manifest: keyed, texts } = moveTextsOut(
    { ...manifest, contributes: { ...manifest.contributes, configuration } },
    read('package.nls.json'),
  );
  const chinese = inOrderOf(read('package.nls.zh-cn.json'), texts);
  const files = { 'package.json': keyed, 'package.nls.json': texts, 'package.nls.zh-cn.json': chinese };
  return Object.entries(files).map(([name, value]) => [
    fromRoot(name),
    `${JSON.stringify(value, null, 2)}\n`,
  ]);
}

/** @param {readonly RuleFacts[]} rules
 *  @param {Kinds} kinds */
function ruleTable(rules, kinds) {
  const fixes = { safe: 'yes', review: 'yes, to review', assist: 'a start' };
  const rows = rules.map((rule) => {
    const fix = fixes[/** @type {keyof typeof fixes} */ (rule.fixSafety)] ?? '';
    const kind = kinds[rule.kind];
    // A bar ends a cell, also inside of code.
    const title = rule.title.replaceAll('|', '\\|');
    return `| \`${rule.id}\` | ${title} | ${rule.severity} | CWE-${kind?.cwe} | ${kind?.owasp} | ${fix} |`;
  });
  return ['| Rule | What it finds | Severity | CWE | OWASP | Fix |', '|---|---|---|---|---|---|', ...rows];
}

/** Puts a table between its marks, if the text has them.
 *  @param {string} text
 *  @param {string} name
 *  @param {readonly string[]} table */
function withTable(text, name, table) {
  const mark = `<!-- ${name}:start -->`;
  const start = text.indexOf(mark);
  const end = text.indexOf(`<!-- ${name}:end -->`);
  if (start < 0 || end < start) return text;
  return `${text.slice(0, start + mark.length)}\n${table.join('\n')}\n${text.slice(end)}`;
}

/** Keeps the time stamp of a file that is right already: watchers and incremental builds look at it.
 *  @param {string} file
 *  @param {string} text */
function writeIfChanged(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.error(`wrote ${toShown(file)}`);
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    await generateSources();
    const texts = await committedTexts();
    if (!values.check) {
      for (const [file, text] of texts) writeIfChanged(file, text);
      return 0;
    }
    // A checkout on Windows may have turned the line ends.
    const lf = (/** @type {string} */ text) => text.replaceAll('\r\n', '\n');
    const stale = [...texts].filter(([file, text]) => lf(readFileSync(file, 'utf8')) !== lf(text));
    for (const [file] of stale) console.error(`${toShown(file)} is stale: run \`npm run generate\`.`);
    return stale.length > 0 ? 1 : 0;
  });
}

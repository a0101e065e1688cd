/** What Moat offers to type must be what Moat asks for: every snippet parses and is clean, even when the names it
 *  leaves open hold request data. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEnvironment, syntaxProblems } from '../harness/environment';
import { expandSnippet } from './expand';

interface Snippet {
  readonly scope: string;
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const ROOT = join(import.meta.dirname, '..', '..');
const SCOPES: Readonly<Record<string, string>> = {
  python: 'python',
  jinja: 'html,jinja-html,jinja,django-html',
  dotenv: 'dotenv,env,properties',
};
const SNIPPETS = Object.keys(SCOPES).flatMap((file) =>
  Object.entries(readSnippets(file)).map(([title, snippet]) => ({ file, title, snippet })),
);
const ofFile = (file: string): typeof SNIPPETS => SNIPPETS.filter((entry) => entry.file === file);

/** Names that the snippets leave open, all of them filled by a visitor. */
const OPEN_NAMES = ['name', 'q', 'ids', 'email', 'password', 'text', 'value', 'data', 'body', 'n'];

describe('snippet files', () => {
  it('are registered in package.json without a language: each snippet says its scope', () => {
    const manifest: { contributes: { snippets: readonly unknown[] } } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    expect(manifest.contributes.snippets).toEqual(
      Object.keys(SCOPES).map((file) => ({ path: `./snippets/${file}.code-snippets` })),
    );
    for (const file of Object.keys(SCOPES)) expect(existsSync(snippetPath(file))).toBe(true);
  });

  it.each(SNIPPETS)('$file: $title has good prefixes, a description and tab stops', ({ file, snippet }) => {
    expect(snippet.scope).toBe(SCOPES[file]);
    const [moat, ...natural] = snippet.prefix;
    expect(moat).toMatch(/^moat-[a-z-]+$/);
    expect(natural.length).toBeGreaterThan(0);
    for (const prefix of natural) expect(prefix).toMatch(/^[A-Za-z_]\w*$/);
    expect(snippet.description.length).toBeGreaterThan(20);
    expect(snippet.description).toMatch(/[.>")}]$/);
    const { stops } = expandSnippet(snippet.body.join('\n'));
    expect(stops).toEqual(stops.map((_stop, index) => index));
  });

  it('give each prefix once per file', () => {
    for (const file of Object.keys(SCOPES)) {
      const prefixes = ofFile(file).flatMap(({ snippet }) => snippet.prefix);
      expect(prefixes).toEqual([...new Set(prefixes)]);
    }
  });
});

describe('Python snippets', () => {
  it.each(ofFile('python'))('$title is clean alone', ({ snippet }) => {
    for (const text of expansions(snippet)) expectClean({ 'app.py': `${text}\n` });
  });

  it.each(ofFile('python'))('$title is clean in a view full of request data', ({ snippet }) => {
    for (const text of expansions(snippet)) expectClean({ 'app.py': viewAround(text) });
  });
});

describe('Jinja snippets', () => {
  it.each(ofFile('jinja'))('$title is clean in a template full of request data', ({ snippet }) => {
    const context = OPEN_NAMES.map((name) => `${name}=request.args["${name}"]`).join(', ');
    const view = viewAround(`return render_template("page.html", ${context})`);
    for (const text of expansions(snippet)) {
      const page = `<!doctype html>\n<html><body>\n${text}\n</body></html>\n`;
      expectClean({ 'app.py': view, 'templates/page.html': page });
    }
  });
});

describe('dotenv snippets', () => {
  it.each(ofFile('dotenv'))('$title has comments and empty or harmless settings', ({ snippet }) => {
    for (const line of expansions(snippet).join('\n').split('\n'))
      expect(line).toMatch(/^(#.*|[A-Z_]+=\S*|)$/);
    expect(expansions(snippet).join('\n')).not.toMatch(/KEY\w*=\S/);
  });
});

function snippetPath(file: string): string {
  return join(ROOT, 'snippets', `${file}.code-snippets`);
}

function readSnippets(file: string): Readonly<Record<string, Snippet>> {
  return JSON.parse(readFileSync(snippetPath(file), 'utf8'));
}

/** One text for each option of the snippet's choices. */
function expansions({ body }: Snippet): readonly string[] {
  const { nOptions } = expandSnippet(body.join('\n'));
  return Array.from({ length: nOptions }, (_none, index) => expandSnippet(body.join('\n'), index).text);
}

function viewAround(text: string): string {
  return [
    'import os\nimport re\nimport sqlite3\n',
    'from flask import Flask, abort, render_template, request',
    'from flask_talisman import Talisman\n',
    // What an app lacks as a whole is none of a snippet's business.
    'app = Flask(__name__)',
    'app.config["SESSION_COOKIE_SAMESITE"] = "Lax"',
    `Talisman(app, content_security_policy={"default-src": "'self'"})\n\n`,
    '@app.route("/page")\ndef page():',
    '    db = sqlite3.connect("app.db")',
    ...OPEN_NAMES.map((name) => `    ${name} = request.args.get("${name}", "")`),
    ...text.split('\n').map((line) => (line === '' ? '' : `    ${line}`)),
    '    return "ok"',
    '',
  ].join('\n');
}

function expectClean(texts: Readonly<Record<string, string>>): void {
  const analyzer = createEnvironment([]).createAnalyzer();
  for (const [path, text] of Object.entries(texts)) {
    expect(syntaxProblems(path, text)).toEqual([]);
    analyzer.setFile(path, text);
  }
  const findings = Object.keys(texts).flatMap((path) => analyzer.check(path).findings);
  expect(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
}

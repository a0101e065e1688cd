#!/usr/bin/env node
/** Cuts pyright's Python parser out of its package into one ES module: `server/core/generated/pyrightParser.js`.
 *
 *  The cut holds the tokenizer, the parser and the node factories; messages become their keys, and what reads
 *  files, the clock or Node's Buffer is replaced. A few patches make the tree exact for our purpose (see PATCHES).
 *  Each patch must match exactly once in the pinned version, so a changed package fails here and not at run time.
 *  Types stand beside it: `server/core/syntax/python/pyright.d.ts`, written by hand. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const OUT_DIR = join(ROOT, 'server/core/generated');
const OUT_FILE = join(OUT_DIR, 'pyrightParser.js');
const TYPES_FILE = join(OUT_DIR, 'pyrightParser.d.ts');
const PACKAGE = '@zzzen/pyright-internal';
const PYTHON_VERSION = 'pythonVersion3_15';

/** What callers may import. `errors` holds keys of messages with offsets; `tokens` includes comments. */
const ENTRY = `
import { ParseOptions, Parser } from '${PACKAGE}/dist/parser/parser';
import { Tokenizer } from '${PACKAGE}/dist/parser/tokenizer';
import { ${PYTHON_VERSION} } from '${PACKAGE}/dist/common/pythonVersion';
import { DiagnosticSink } from '${PACKAGE}/dist/common/diagnosticSink';
export function parseSource(text) {
  const options = new ParseOptions();
  options.pythonVersion = ${PYTHON_VERSION};
  const sink = new DiagnosticSink();
  const result = new Parser().parseSourceFile(text, options, sink, 0);
  return {
    statements: result.parserOutput.parseTree.d.statements,
    tokens: result.tokenizerOutput.tokens._items,
    errors: sink.errors,
  };
}
export function tokenize(text) {
  return new Tokenizer().tokenize(text).tokens._items;
}
`;

/** Modules replaced as a whole, by the end of their path inside the package. CommonJS as the package is: the parser
 *  reads their exports at every token, and those of an ES module would go through a getter. */
const STUBS = {
  'localization/localize': `
    class Message { constructor(key) { this.key = key; } format() { return this.key; } toString() { return this.key; } }
    const messages = () => new Proxy({}, { get: (cache, key) => (cache[key] ??= () => new Message(key)) });
    exports.LocMessage = messages();
    exports.LocAddendum = messages();`,
  'common/diagnostic': `
    exports.DiagnosticAddendum = class DiagnosticAddendum { addMessage() {} getString() { return ''; } }`,
  'common/diagnosticSink': `
    exports.DiagnosticSink = class DiagnosticSink {
      errors = [];
      addError(message, range) { this.errors.push({ key: String(message), start: range.start, length: range.length }); }
      fetchAndClear() { const errors = this.errors; this.errors = []; return errors; }
    }`,
  'common/timing': `
    const stat = { timeOperation: (callback) => callback() };
    exports.timingStats = { tokenizeFileTime: stat, parseFileTime: stat };`,
  'common/debug': `
    exports.assert = function assert(value) { if (!value) throw new Error('parser assertion'); }
    exports.fail = function fail(message) { throw new Error(message); }
    exports.assertNever = function assertNever() { throw new Error('parser assertion'); }`,
  'common/core': 'exports.cloneStr = (text) => text;',
  'common/stringUtils': 'exports.getStringFingerprint = () => 0;',
  'common/collectionUtils':
    'exports.appendArray = function appendArray(to, from) { for (const item of from) to.push(item); }',
  'common/positionUtils': 'exports.convertOffsetsToRange = undefined;',
  // Identifier characters by Unicode property instead of a table that takes 143 ms and 12 MB to build.
  'parser/characters': `
    const START = /^[\\p{ID_Start}_]$/u, PART = /^[\\p{ID_Continue}]$/u;
    const NONE = 0, PART_ONLY = 1, STARTS = 2;
    const kindOf = (text) => (START.test(text) ? STARTS : PART.test(text) ? PART_ONLY : NONE);
    const table = new Uint8Array(65536).fill(255);
    for (let i = 0; i < 128; i++) table[i] = kindOf(String.fromCharCode(i));
    const kind = (char, next) => {
      if (next !== undefined) return kindOf(String.fromCharCode(char, next));
      const known = table[char];
      return known !== 255 ? known : (table[char] = kindOf(String.fromCharCode(char)));
    };
    exports.isIdentifierStartChar = (char, next) => kind(char, next) === STARTS;
    exports.isIdentifierChar = (char, next) => kind(char, next) !== NONE;
    exports.isSurrogateChar = (char) => char >= 0xd800 && char <= 0xdbff;
    exports.isWhiteSpace = (char) => char === 32 || char === 9 || char === 12;
    exports.isLineBreak = (char) => char === 13 || char === 10;
    const isDecimal = (exports.isDecimal = (char) => (char >= 48 && char <= 57) || char === 95);
    exports.isNumber = isDecimal;
    exports.isHex = (char) => isDecimal(char) || (char >= 97 && char <= 102) || (char >= 65 && char <= 70);
    exports.isOctal = (char) => (char >= 48 && char <= 55) || char === 95;
    exports.isBinary = (char) => char === 48 || char === 49 || char === 95;`,
};

/** [file, from, to]: `from` must occur exactly once, a regular expression at least once. */
const PATCHES = [
  // Long chains (2,000 terms) are left-deep and lowered without recursion: no depth limit is needed for them.
  ['parser/parser', 'const maxChildNodeDepth = 256;', 'const maxChildNodeDepth = Infinity;'],
  ['parser/parser', /this\._maxChildDepthMap\.set\([^;]*\);/g, ''],
  ['parser/parser', /this\._maxChildDepthMap\.get\([^)]*\) \?\? 0/g, '0'],
  // Errors by offset instead of by line and column.
  [
    'parser/parser',
    '(0, positionUtils_1.convertOffsetsToRange)(range.start, range.start + range.length, this._tokenizerOutput.lines)',
    'range',
  ],
  // Text inside strings and comments is no concern of the tree: quoted annotations, type comments, cooked values.
  [
    'parser/parser',
    "if (this._isParsingTypeAnnotation) {\n            // Don't allow multiple",
    "if (false) {\n            // Don't allow multiple",
  ],
  [
    'parser/parser',
    '_getTypeAnnotationCommentText() {',
    '_getTypeAnnotationCommentText() { return undefined;',
  ],
  [
    'parser/parser',
    'const unescapedResult = StringTokenUtils.getUnescapedString(stringToken);',
    "const unescapedResult = { value: '' };",
  ],
  [
    'parser/tokenizer',
    '(0, core_1.cloneStr)(this._cs.getText().slice(start, start + escapedValueLength))',
    "''",
  ],
  // A parenthesized expression keeps the range it has without its parentheses in `innerStart`/`innerEnd`.
  [
    'parser/parser',
    '(0, parseNodes_1.extendRange)(tupleOrExpression, startParen);',
    `if (tupleOrExpression === exprListResult.list[0]) markInner(tupleOrExpression);
        (0, parseNodes_1.extendRange)(tupleOrExpression, startParen);`,
  ],
  [
    'parser/parser',
    '(0, parseNodes_1.extendRange)(yieldExpr, this._getNextToken());',
    `markInner(yieldExpr);
                (0, parseNodes_1.extendRange)(yieldExpr, startParen);
                (0, parseNodes_1.extendRange)(yieldExpr, this._getNextToken());`,
  ],
  [
    'parser/parser',
    'class Parser {',
    `function markInner(node) {
    // The first parentheses around a generator are its own.
    if (node.innerStart !== undefined || (node.nodeType === 11 && !node.d.hasParens)) return;
    node.innerStart = node.start;
    node.innerEnd = node.start + node.length;
}
class Parser {`,
  ],
  // Ranges up to the last token: a tuple's trailing comma, a slice's trailing colon, a class pattern's parenthesis.
  [
    'parser/parser',
    'tupleNode.d.items = exprListResult.list;',
    `tupleNode.d.items = exprListResult.list;
        if (exprListResult.trailingComma && !enclosedInParens) (0, parseNodes_1.extendRange)(tupleNode, this._peekToken(-1));`,
  ],
  [
    'parser/parser',
    'const extension = sliceExpressions[2] || sliceExpressions[1] || sliceExpressions[0];',
    'const extension = this._peekToken(-1);',
  ],
  [
    'parser/parser',
    'const classPattern = parseNodes_1.PatternClassNode.create(this._getOwnerKey(), classNameExpr, args);',
    `const classPattern = parseNodes_1.PatternClassNode.create(this._getOwnerKey(), classNameExpr, args);
            if (this._peekTokenType() === 14) (0, parseNodes_1.extendRange)(classPattern, this._peekToken());`,
  ],
  // Recovery stays on its logical line, and `match x:` without a body does not take the statements after it.
  [
    'parser/parser',
    `if (token.type === 1 /* TokenType.EndOfStream */) {
                return false;
            }
            this._getNextToken();`,
    `if (token.type === 1 || token.type === 2) {
                return false;
            }
            this._getNextToken();`,
  ],
  [
    'parser/parser',
    `this._addSyntaxError(localize_1.LocMessage.expectedIndentedBlock(), this._peekToken());
                }
                else {`,
    `this._addSyntaxError(localize_1.LocMessage.expectedIndentedBlock(), this._peekToken());
                    return matchNode;
                }
                else {`,
  ],
  // A faulty hole of a format string ends at its brace instead of taking the rest of the line.
  [
    'parser/parser',
    'const expr = this._tryParseYieldExpression() ??\n            this._parseTestOrStarListAsExpression(\n            /* allowAssignmentExpression */ true, \n            /* allowMultipleUnpack */ true, 2 /* ErrorExpressionCategory.MissingExpression */, () => localize_1.LocMessage.expectedExpr());\n        fieldExpressions.push(expr);',
    `this._holeDepth = (this._holeDepth ?? 0) + 1;
        const expr = this._tryParseYieldExpression() ??
            this._parseTestOrStarListAsExpression(true, true, 2, () => localize_1.LocMessage.expectedExpr());
        this._holeDepth--;
        fieldExpressions.push(expr);`,
  ],
  [
    'parser/parser',
    `if (expr.nodeType === 0 /* ParseNodeType.Error */) {
            return false;
        }
        // Consume an optional "=" token`,
    `if (expr.nodeType === 0) {
            this._skipToHoleEnd();
        }
        // Consume an optional "=" token`,
  ],
  [
    'parser/parser',
    `this._addSyntaxError(localize_1.LocMessage.formatStringUnterminated(), nextToken);
            return false;`,
    `this._addSyntaxError(localize_1.LocMessage.formatStringUnterminated(), nextToken);
            this._skipToHoleEnd();
            return this._consumeTokenIfType(18);`,
  ],
  [
    'parser/parser',
    '_consumeTokensUntilType(terminators) {',
    `_skipToHoleEnd() {
        for (let braces = 0, strings = 0; ; this._getNextToken()) {
            const type = this._peekTokenType();
            if (type === 1 || type === 2) return;
            if (type === 24) strings++;
            if (type === 26 && strings-- === 0) return;
            if (type === 17) braces++;
            if (type === 18 && braces-- === 0) return;
        }
    }
    _consumeTokensUntilType(terminators) {
        if (this._holeDepth > 0 && !terminators.includes(26)) return false;`,
  ],
  // One cache of identifiers for all parses instead of 16 KB for each.
  [
    'parser/tokenizer',
    'this._identifierCache = new Array(Tokenizer._identifierCacheSize);',
    'this._identifierCache = Tokenizer._sharedIdentifiers ??= new Array(Tokenizer._identifierCacheSize);',
  ],
  ['parser/tokenizer', 'this._identifierCache.fill(undefined);', ''],
];

function patched(path, source) {
  let text = source;
  for (const [file, from, to] of PATCHES) {
    if (!path.endsWith(`${file}.js`)) continue;
    const nMatches = typeof from === 'string' ? text.split(from).length - 1 : (text.match(from) ?? []).length;
    if (nMatches === 0 || (typeof from === 'string' && nMatches !== 1)) {
      throw new Error(`Patch of ${file} matches ${nMatches} times: ${String(from).slice(0, 80)}`);
    }
    text = text.replace(from, typeof from === 'string' ? () => to : to);
  }
  return text;
}

function parserCut() {
  const names = Object.keys(STUBS);
  const stubOf = (path) => names.find((name) => path === name || path.endsWith(`/${name.split('/').pop()}`));
  return {
    name: 'parser-cut',
    setup(build) {
      build.onResolve({ filter: /^\.|pyright-internal/ }, (args) => {
        const stub = stubOf(args.path);
        return stub ? { path: stub, namespace: 'stub' } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'stub' }, (args) => ({
        contents: STUBS[args.path],
        loader: 'js',
      }));
      build.onLoad({ filter: /pyright-internal.*\.js$/ }, (args) => ({
        contents: patched(args.path.replaceAll('\\', '/'), readFileSync(args.path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}

function notice(version) {
  return `/*! Generated by scripts/bundleParser.mjs from ${PACKAGE} ${version}. Do not edit.
 *
 *  The parser is Pyright's, modified: https://github.com/microsoft/pyright
 *  MIT License. Copyright (c) Microsoft Corporation. All rights reserved.
 *  Packaged by Zzzen (MIT License, Copyright (c) 2022 Zzzen).
 *
 *  Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 *  documentation files (the "Software"), to deal in the Software without restriction, including without limitation
 *  the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
 *  to permit persons to whom the Software is furnished to do so, subject to the following conditions:
 *
 *  The above copyright notice and this permission notice shall be included in all copies or substantial portions of
 *  the Software.
 *
 *  THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
 *  THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 *  AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
 *  CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
 *  IN THE SOFTWARE. */`;
}

/** Writes the cut and its types unless they are up to date. Returns whether anything was written. */
export async function bundleParser() {
  const require = createRequire(import.meta.url);
  const version = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', PACKAGE, 'package.json'), 'utf8'),
  ).version;
  const stamp = createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(version)
    .digest('hex');
  const types = "export * from '../syntax/python/pyright';\n";
  const stampLine = `// ${stamp}\n`;
  if (existsSync(OUT_FILE) && existsSync(TYPES_FILE) && readFileSync(OUT_FILE, 'utf8').endsWith(stampLine)) {
    return false;
  }
  const { build } = require('esbuild');
  const result = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: notice(version) },
    plugins: [parserCut()],
    logLevel: 'warning',
  });
  mkdirSync(OUT_DIR, { recursive: true });
  writeFileSync(OUT_FILE, `${result.outputFiles[0].text}${stampLine}`);
  writeFileSync(TYPES_FILE, types);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundleParser();

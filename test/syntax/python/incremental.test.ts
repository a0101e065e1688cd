/** Editing gives exactly what reading from scratch gives, and leaves the trees of other units alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../../server/core/base/textEdit';
import type { Module } from '../../../server/core/syntax/python/ast';
import { editPython } from '../../../server/core/syntax/python/incremental';
import { MAX_LENGTH, parsePython } from '../../../server/core/syntax/python/parse';
import { breach } from './invariants';
import { FLASK_MODULE, SAMPLES } from './samples';

const PIECES = [
  ...[
    '"',
    "'",
    '"""',
    "'''",
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    ':',
    '@',
    '#',
  ],
  ...[
    '\\',
    '\\\n',
    ';',
    ',',
    '.',
    'é',
    '😀',
    '\f',
    'f"{',
    'f"""{a!r:',
    't"',
    'x = ',
    'x',
    'def f():\n',
    'class X(',
    'return ',
  ],
  ...[
    'import a\n',
    'else:\n',
    'elif a:\n',
    'try:\n',
    'except*',
    'finally:\n',
    'lambda ',
    'case ',
    'match x:\n',
    'async ',
    '0x',
    '**',
  ],
];

const anEdit = fc.record({
  at: fc.nat(),
  nRemoved: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(6), fc.nat(150)),
  text: fc.oneof(fc.constantFrom('', ...PIECES), fc.string({ maxLength: 4 })),
});

function toEdit(
  text: string,
  { at, nRemoved, text: newText }: { at: number; nRemoved: number; text: string },
): TextEdit {
  const start = at % (text.length + 1);
  return { range: { start, end: Math.min(text.length, start + nRemoved) }, newText };
}

function insert(module: Module, before: string, newText: string): Module {
  const at = module.text.indexOf(before);
  return editPython(module, [{ range: { start: at, end: at }, newText }]);
}

describe('editPython', () => {
  it('equals a parse from scratch after any edits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.array(anEdit, { minLength: 1, maxLength: 12 }),
        (source, edits) => {
          let module = parsePython(source);
          for (const raw of edits) {
            module = editPython(module, [toEdit(module.text, raw)]);
            const fresh = parsePython(module.text);
            expect(module).toEqual(fresh);
            expect(breach(fresh)).toBeUndefined();
          }
        },
      ),
      { numRuns: 60, seed: 20260920 },
    );
  });

  it('equals a parse from scratch when an edit is taken back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), anEdit, (source, raw) => {
        const before = parsePython(source);
        const broken = editPython(before, [toEdit(source, raw)]);
        expect(editPython(broken, source)).toEqual(before);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('takes several edits at once, or the new text', () => {
    const before = parsePython(FLASK_MODULE);
    const edits = ['import os', 'return {"ok"', 'if __name__'].map((piece): TextEdit => {
      const start = FLASK_MODULE.indexOf(piece);
      return { range: { start, end: start }, newText: piece.startsWith('return') ? 'x = 1; ' : 'y = 2\n' };
    });
    const text = applyEdits(FLASK_MODULE, edits);
    expect(editPython(before, edits)).toEqual(parsePython(text));
    expect(editPython(before, text)).toEqual(parsePython(text));
  });

  it('takes the first characters of an empty file', () => {
    for (const newText of ['i', '\n', 'import os\n', '"', '(']) {
      const edit = { range: { start: 0, end: 0 }, newText };
      expect(editPython(parsePython(''), [edit])).toEqual(parsePython(newText));
    }
    const emptied = editPython(parsePython(FLASK_MODULE), '');
    expect(editPython(emptied, FLASK_MODULE)).toEqual(parsePython(FLASK_MODULE));
  });

  it('gives back the module when nothing changed', () => {
    const module = parsePython(FLASK_MODULE);
    expect(editPython(module, FLASK_MODULE)).toBe(module);
    expect(editPython(module, [])).toBe(module);
  });

  it('keeps the trees of all other units and shifts them', () => {
    const before = parsePython(FLASK_MODULE);
    const after = insert(before, 'page = int', 'new = 1\n    ');
    const changed = after.units.filter((unit, i) => unit.tree !== before.units[i]?.tree);
    expect(changed.map((unit) => unit.tree.body[0]?.kind)).toEqual(['FunctionDef']);
    expect(after.units.at(-1)?.base).toBe((before.units.at(-1)?.base ?? 0) + 'new = 1\n    '.length);
  });

  it('keeps them while the edited unit is broken, and gets the old ones back after', () => {
    const before = parsePython(FLASK_MODULE);
    const broken = insert(before, 'page = int', 'foo(a, [b\n    ');
    expect(broken.problems).not.toEqual([]);
    expect(broken.units.filter((unit, i) => unit.tree !== before.units[i]?.tree)).toHaveLength(1);
    const open = insert(before, 'bp.run', 'print(');
    expect(open.isClean).toBe(false);
    expect(open.units.filter((unit, i) => unit.tree !== before.units[i]?.tree)).toHaveLength(1);
    expect(editPython(open, FLASK_MODULE)).toEqual(before);
  });

  it('joins and splits units', () => {
    const module = parsePython('if a:\n    b\nc\nd\n');
    expect(module.units).toHaveLength(3);
    expect(insert(module, 'c', 'else:\n    ').units).toHaveLength(2);
    expect(insert(module, 'c', '    ').units).toHaveLength(2);
    expect(insert(module, 'd', '"""').units.length).toBeLessThanOrEqual(3);
    expect(insert(module, '    b', 'x\n').units).toHaveLength(4);
  });

  it('goes over the limit and back', () => {
    const small = parsePython('x = 1\n');
    const large = editPython(small, `${'x = 1\n'}${'#'.repeat(MAX_LENGTH)}`);
    expect(large.problems[0]?.message).toContain('too long');
    expect(editPython(large, 'x = 1\n')).toEqual(small);
  });
});

import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/base/textEdit';
import { parametrizeQuery } from '../../../server/core/edits/parametrizeQuery';
import { collectQueryParts } from '../../../server/core/edits/queryParts';
import { parsePython } from '../../../server/core/syntax/python/parse';
import { FIXED, type Options } from './queryCases';
import { REFUSED } from './refusedQueryCases';
import { applied, callNamed, moduleOf } from './support';

/** Builds the fix for the first `execute` call. Names in capitals are constants. */
function run(text: string, options: Options = {}) {
  const module = moduleOf(text);
  const call = callNamed(module, options.method ?? 'execute');
  const query = call.node.args[0];
  if (query === undefined) throw new Error('no query');
  const wrapper = query.value.kind === 'Call' && query.value.func.kind === 'Name' ? query.value : undefined;
  const isText = wrapper?.func.kind === 'Name' && wrapper.func.id === 'text';
  const expression = isText ? wrapper?.args[0]?.value : query.value;
  if (expression === undefined) throw new Error('no text');
  const collected =
    expression.kind === 'Name'
      ? collectQueryParts({
          scope: module.units.flatMap((unit) => unit.tree.body.map((node) => ({ node, base: unit.base }))),
          variable: expression.id,
          call,
        })
      : undefined;
  if (collected?.kind === 'refused') return collected;
  return parametrizeQuery({
    text,
    parts: collected?.parts ?? [{ node: expression, base: call.base }],
    call,
    query,
    style: options.style ?? (isText ? 'named' : 'qmark'),
    dialect: options.dialect ?? 'unknown',
    isConstant: (node) => (node.kind === 'Name' && /^[A-Z_]+$/.test(node.id)) || node.kind === 'Number',
    isSqlalchemyText: isText,
    ...options.more,
  });
}

describe('parametrizeQuery', () => {
  for (const [name, before, after, options] of FIXED) {
    it(`moves ${name}`, () => {
      const result = run(before, options);
      if (result.kind === 'refused') throw new Error(result.reason);
      expect(applied(before, result.edits)).toBe(after);
    });

    it(`has nothing left to do after ${name}`, () => {
      expect(run(after, options).kind).toBe('refused');
    });
  }
});

describe('parametrizeQuery refuses', () => {
  for (const [name, before, reason, options] of REFUSED)
    it(name, () => {
      const result = run(before, options);
      expect(result).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
    });
});

describe('safety', () => {
  it.each([
    ['a plain column', `db.execute(f"SELECT 1 WHERE n = '{x}'")`, 'safe'],
    ['an expression on the other side', 'db.execute(f"SELECT 1 WHERE length(n) > {x}")', 'review'],
    ['a bare value with a format', 'db.execute(f"SELECT 1 WHERE n = {x:.2f}")', 'review'],
  ])('of %s', (_name, text, safety) => {
    expect(run(text)).toMatchObject({ kind: 'edits', safety });
  });

  it('keeps two fixes of different lines independent', () => {
    const text = `db.execute(f"SELECT 1 WHERE n = '{x}'")\n`;
    const shifted = `# a comment\n\n${text}`;
    const [a, b] = [run(text), run(shifted)];
    if (a.kind !== 'edits' || b.kind !== 'edits') throw new Error('refused');
    expect(applyEdits(shifted, b.edits)).toBe(`# a comment\n\n${applyEdits(text, a.edits)}`);
    expect(parsePython(applyEdits(shifted, b.edits)).problems).toEqual([]);
  });
});

/** `moat check --shard` and `moat merge`: many machines find what one finds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShard, shareOf } from '../../server/cli/shares';
import { createFolder, runMoat, writeFiles } from './runMoat';
import { runShards, withoutTime } from './runShards';

describe('the merged report is that of one run, byte for byte', () => {
  it('with a baseline, notes, failures and files of all kinds', () => {
    const cwd = createFolder({
      'a.py': 'evil(1)\nkeyed()\n',
      'b.py': 'half(\nodd(1)',
      'c.py': 'crash(1)',
      'd.py': new Uint8Array([0]),
      'e.py': 'log(1)\nevil(origin)\n',
      'f/g.html': '{{ evil(1) }}',
      'h.py': 'long(1)\nmurmur(1)',
      'i.py': 'log(2)\n',
    });
    writeFiles(cwd, { 'c.py': '' });
    runMoat(['baseline', 'a.py', 'f'], { cwd });
    writeFiles(cwd, { 'c.py': 'crash(1)', 'a.py': 'evil(2)\nevil(1)\n' });
    const run = (argv: string[]) => withoutTime(runMoat(argv, { cwd }));
    const expected = run(['check', '--baseline', 'moat-baseline.json']);
    expect(expected).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('is mended') });
    for (let n = 1; n <= 9; n++)
      expect(run(['merge', ...runShards(cwd, n, ['--baseline', 'moat-baseline.json'])])).toEqual(expected);
  });
});

describe('a shard', () => {
  it('does not fail for findings, but for what could not be checked', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n', 'b.py': 'crash(1)\n' });
    const codes = [1, 2].map(
      (i) => runMoat(['check', '--shard', `${i}/2`, '-o', `${i}.json`], { cwd }).exitCode,
    );
    expect(codes.sort()).toEqual([0, 2]);
  });

  it('writes to standard output where no file is named', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\n' });
    const { stdout } = runMoat(['check', '--shard', '1/1'], { cwd });
    writeFiles(cwd, { 'shard.json': stdout });
    expect(runMoat(['merge', 'shard.json'], { cwd }).stdout).toContain('a.py:1:1: error [evil-call]');
  });

  it.each(['0/3', '4/3', '1', 'a/b', '1/0', '-1/2', '1/3/5'])('cannot be %s', (shard) => {
    const outcome = runMoat(['check', `--shard=${shard}`], { cwd: createFolder() });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain(`--shard cannot be "${shard}"`);
  });

  it('leaves formats to the merge', () => {
    const cwd = createFolder();
    for (const args of [
      ['--format', 'sarif'],
      ['--output', 'sarif=x'],
    ])
      expect(runMoat(['check', '--shard', '1/2', ...args], { cwd }).stderr).toContain(
        'give --format to that',
      );
  });
});

describe('merge refuses', () => {
  const app = { 'a.py': 'evil(1)\n', 'b.py': 'odd(1)\n' };
  const message = (cwd: string, names: readonly string[]) => {
    const outcome = runMoat(['merge', ...names], { cwd });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    return outcome.stderr;
  };

  it('when shards are missing, there twice, or of different numbers', () => {
    const cwd = createFolder(app);
    const names = runShards(cwd, 4);
    const [first = '', second = '', third = ''] = names;
    expect(message(cwd, [])).toContain('Name the reports of all shards');
    expect(message(cwd, [first, third])).toContain('Shards 2, 4 of 4 are missing. Did their jobs fail?');
    expect(message(cwd, [first, second, third])).toContain('Shard 4 of 4 is missing. Did its job fail?');
    expect(message(cwd, [first, second, first])).toContain('Shard 1 of 4 is there twice');
    runMoat(['check', '--shard', '1/2', '--output', 'other.json'], { cwd });
    expect(message(cwd, [first, 'other.json'])).toContain('is one of 4 shards, other.json one of 2');
  });

  it('when they looked at different code, or with different options', () => {
    const cwd = createFolder(app);
    const shard = (index: number, ...args: string[]) =>
      runMoat(['check', '--shard', `${index}/2`, '-o', `${index}.json`, ...args], { cwd });
    shard(1);
    shard(2, '--exclude', 'b.py');
    expect(message(cwd, ['1.json', '2.json'])).toContain('do not belong together');
    writeFiles(cwd, { 'b.py': 'odd(2)\n' });
    shard(2);
    expect(message(cwd, ['1.json', '2.json'])).toContain('do not belong together');
    shard(1);
    expect(runMoat(['merge', '1.json', '2.json'], { cwd }).exitCode).toBe(1);
  });

  it('what no shard wrote, or another version, or what was changed since', () => {
    const cwd = createFolder({ ...app, 'x.json': '{}', 'y.json': 'half' });
    const [name = ''] = runShards(cwd, 1);
    expect(message(cwd, ['x.json'])).toContain('x.json is no report of a shard');
    expect(message(cwd, ['y.json'])).toContain('y.json is no report of a shard');
    expect(message(cwd, ['z.json'])).toContain('z.json does not exist');
    const text = readFileSync(join(cwd, name), 'utf8');
    writeFiles(cwd, { [name]: text.replace('evil-call', 'good-call') });
    expect(message(cwd, [name])).toContain('was changed or cut off');
    writeFiles(cwd, { [name]: text.replace(/"version":"[^"]*"/, '"version":"9.9.9"') });
    expect(message(cwd, [name])).toContain('was written by Moat 9.9.9');
  });
});

describe('shares', () => {
  const sizes = fc.uniqueArray(fc.tuple(fc.string(), fc.nat(100_000)), { selector: ([key]) => key });

  it('cover everything once, in any order of files', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 12 }), (entries, count) => {
        const shares = Array.from({ length: count }, (_, i) =>
          shareOf(new Map(entries), { index: i + 1, count }),
        );
        expect(shares.flatMap((share) => [...share]).sort()).toEqual(entries.map(([key]) => key).sort());
        const reversed = shareOf(new Map(entries.toReversed()), { index: 1, count });
        expect([...reversed].sort()).toEqual([...(shares[0] ?? [])].sort());
      }),
    );
  });

  it('are of about one size: none is larger than the mean and the largest file', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 12 }), (entries, count) => {
        const cost = new Map(entries.map(([key, size]) => [key, size + 100]));
        const total = [...cost.values()].reduce((a, b) => a + b, 0);
        const largest = Math.max(0, ...cost.values());
        for (let index = 1; index <= count; index++) {
          const share = shareOf(new Map(entries), { index, count });
          const load = [...share].reduce((sum, key) => sum + (cost.get(key) ?? 0), 0);
          expect(load).toBeLessThanOrEqual(total / count + largest);
        }
      }),
    );
  });

  it('are named by their number and how many there are', () => {
    expect(parseShard('2/5')).toEqual({ index: 2, count: 5 });
  });
});

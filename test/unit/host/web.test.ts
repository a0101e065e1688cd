import { describe, expect, it } from 'vitest';
import { isInSkippedFolder, MAX_FILE_BYTES } from '../../../server/host/host';
import { type ClientFiles, createWebHost } from '../../../server/host/web';

function hostOf(files: Readonly<Record<string, Uint8Array>>, overrides: Partial<ClientFiles> = {}) {
  return createWebHost({
    listFiles: async () => ({ files: Object.keys(files), problems: [], isTruncated: false }),
    readFile: async ({ uri, maxBytes }) => {
      const bytes = files[uri];
      if (bytes === undefined) return { kind: 'missing' };
      if (bytes.length > maxBytes) return { kind: 'too-large', sizeBytes: bytes.length };
      return { kind: 'bytes', base64: Buffer.from(bytes).toString('base64') };
    },
    ...overrides,
  });
}

describe('the host behind a client', () => {
  const files = {
    'z.py': new TextEncoder().encode('\uFEFFé = "😀"\r\n'),
    'latin.py': Uint8Array.from([...Buffer.from('# coding: latin-1\nx = "'), 0xe9, 0x22]),
    'broken.py': Uint8Array.from([0x61, 0xe9]),
    'binary.py': Uint8Array.from([0x61, 0]),
    'huge.py': new Uint8Array(MAX_FILE_BYTES + 1).fill(0x20),
  };

  it('reads text as editors show it', async () => {
    const host = hostOf(files);
    expect(await host.read('z.py')).toEqual({ kind: 'text', text: 'é = "😀"\r\n' });
    expect(await host.read('latin.py')).toEqual({ kind: 'text', text: '# coding: latin-1\nx = "é"' });
  });

  it.each([
    ['broken.py', 'encoding'],
    ['binary.py', 'binary'],
    ['huge.py', 'too-large'],
    ['none.py', 'missing'],
  ])('answers %s with the problem %s', async (uri, problem) => {
    expect(await hostOf(files).read(uri)).toMatchObject({ kind: 'problem', problem });
  });

  it('lists in order, and turns failures into problems', async () => {
    expect((await hostOf(files).list('x:/')).files).toEqual([...Object.keys(files)].sort());
    const fails = () => Promise.reject(new Error('offline'));
    const host = hostOf({}, { listFiles: fails, readFile: fails });
    expect(await host.list('x:/')).toMatchObject({
      files: [],
      problems: [{ path: '', message: 'folder cannot be listed (offline)' }],
    });
    expect(await host.read('a.py')).toMatchObject({ problem: 'unreadable' });
  });
});

it.each([
  ['node_modules/a.py', true],
  ['app/.venv/lib/a.py', true],
  ['x.egg-info/a.py', true],
  ['app/build', false],
  ['builder/a.py', false],
])('skips folders of tools and of other people: %s %s', (path, expected) => {
  expect(isInSkippedFolder(path)).toBe(expected);
});

import { describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { childUri, normalizeUri, parentUri, relativePath } from '../../../server/host/uri';

const relative = (root: string, file: string) => relativePath(URI.parse(root), URI.parse(file));

describe('relativePath', () => {
  it.each([
    ['file:///app', 'file:///app/a/b.py', 'a/b.py'],
    ['file:///app/', 'file:///app/a.py', 'a.py'],
    ['file:///app', 'file:///app', ''],
    ['file:///app', 'file:///application/a.py', undefined],
    ['file:///app', 'file:///other/a.py', undefined],
    ['file:///', 'file:///a.py', 'a.py'],
    ['file:///c%3A/app', 'file:///C:/app/a.py', 'a.py'],
    ['file:///my%20app', 'file:///my app/é.py', 'é.py'],
    ['file://server/share', 'file://SERVER/share/a.py', 'a.py'],
    ['file://server/share', 'file://other/share/a.py', undefined],
    ['vscode-vfs://github/me/app', 'vscode-vfs://github/me/app/a.py', 'a.py'],
    ['vscode-vfs://github/me/app', 'file:///me/app/a.py', undefined],
    ['file:///app', 'file:///app/100%25.py', '100%.py'],
    ['file:///app', 'file:///app/a%23b.py', 'a#b.py'],
  ])('%s, %s: %s', (root, file, expected) => {
    expect(relative(root, file)).toBe(expected);
  });
});

describe('childUri', () => {
  it.each(['a.py', 'a b/é.py', '100%.py', 'a#b?.py'])('leads back to %s', (path) => {
    for (const root of ['file:///app', 'file:///', 'memfs:/app?x=1', 'file:///c%3A/app'])
      expect(relative(root, childUri(URI.parse(root), path))).toBe(path);
  });

  it('keeps what a virtual file system needs', () => {
    expect(childUri(URI.parse('vfs://host/app?rev=1'), 'a.py')).toBe('vfs://host/app/a.py?rev%3D1');
  });
});

it('has one spelling for a file, and finds its folder', () => {
  expect(normalizeUri('file:///C:/a b.py')).toBe(normalizeUri('file:///c%3A/a%20b.py'));
  expect(parentUri(URI.parse('file:///app/a.py')).path).toBe('/app');
  expect(parentUri(URI.parse('file:///a.py')).path).toBe('/');
});

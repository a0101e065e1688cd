import { describe, expect, it } from 'vitest';
import { countLines, generateApp, generateModule, HELPER_LINE } from './generator/app';

describe('generated apps', () => {
  it('are the same for the same seed, and differ for another', () => {
    expect(generateApp(2000)).toEqual(generateApp(2000));
    expect(generateApp(2000, 7)).not.toEqual(generateApp(2000));
  });

  it('have the size that was asked for', () => {
    const { files, nPythonLines } = generateApp(5000);
    expect(nPythonLines).toBeGreaterThanOrEqual(5000);
    expect(nPythonLines).toBeLessThan(5600);
    expect(Object.keys(files).filter((file) => file.endsWith('.html')).length).toBeGreaterThan(40);
    expect(countLines(generateModule(1000))).toBe(1000);
  });

  it('hold the line that the benchmark edits', () => {
    const { files } = generateApp(1000);
    expect(files['app/helpers/common_0.py']).toContain(HELPER_LINE);
    expect(generateModule(1000)).toContain(HELPER_LINE);
  });

  it('do not repeat one pattern: few lines of code occur in every blueprint', () => {
    const { files } = generateApp(6000);
    const blueprints = Object.entries(files).filter(
      ([file]) => file.startsWith('app/blueprints/') && !file.endsWith('__init__.py'),
    );
    const sizes = new Set(blueprints.map(([, text]) => countLines(text)));
    expect(sizes.size).toBeGreaterThan(blueprints.length / 2);
  });
});

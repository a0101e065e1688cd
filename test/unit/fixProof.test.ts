import { describe, expect, it } from 'vitest';
import { failureOf } from '../../server/cli/fixProof';
import type { FileReport, Finding } from '../../server/core';

const finding = (ruleId: string, fingerprint: string, more: Partial<Finding> = {}): Finding => ({
  ruleId,
  fingerprint,
  file: 'app.py',
  range: { start: 0, end: 1 },
  message: '',
  severity: 'error',
  confidence: 'high',
  path: [],
  ...more,
});
const report = (findings: readonly Finding[], more: Partial<FileReport> = {}): FileReport => ({
  file: 'app.py',
  findings,
  isCarriedOver: false,
  cuts: [],
  ...more,
});
const fixed = finding('sql', 'a');

describe('failureOf', () => {
  it('accepts a fix after which one finding less is there, whatever the others are called now', () => {
    const other = finding('debug', 'b');
    expect(failureOf(fixed, [report([fixed, other])], [report([finding('debug', 'c')])])).toBeUndefined();
  });

  it('accepts one of equal lines: the last of them takes the name of the first', () => {
    expect(failureOf(fixed, [report([fixed, finding('sql', 'b')])], [report([fixed])])).toBeUndefined();
  });

  it('refuses one that leaves its finding, also as a milder one', () => {
    const milder = finding('sql', 'b', { severity: 'hint' });
    expect(failureOf(fixed, [report([fixed])], [report([milder])])).toContain('made it go away');
  });

  it('refuses one that brings a finding, in whichever file', () => {
    const page = finding('xss', 'b', { severity: 'information', file: 'page.html' });
    const before = [report([fixed]), report([], { file: 'page.html' })];
    expect(failureOf(fixed, before, [report([]), report([page], { file: 'page.html' })])).toContain('xss');
  });

  it('refuses one that brings as much as it takes away', () => {
    const was = [fixed, finding('xss', 'b', { severity: 'hint' })];
    const is = [finding('xss', 'b', { severity: 'hint' }), finding('xss', 'c')];
    expect(failureOf(fixed, [report(was)], [report(is)])).toContain('xss');
  });

  it('lets a hint come', () => {
    const hint = finding('unchecked', 'b', { severity: 'hint' });
    expect(failureOf(fixed, [report([fixed])], [report([hint])])).toBeUndefined();
  });

  it('refuses one after which a file does not parse, unless it did not before', () => {
    const broken = report([], { isCarriedOver: true });
    expect(failureOf(fixed, [report([fixed])], [broken])).toContain('not parse');
    expect(failureOf(fixed, [{ ...broken, findings: [fixed] }], [broken])).toBeUndefined();
  });
});

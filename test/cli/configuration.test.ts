/** Configuration files and suppressions from the command line, with the real engine. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { createFolder, runMoat } from './runMoat';

const engine = { rules: RULES, createAnalyzer };
const APP = `import legacy
from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)


@app.get("/")
def show():
    legacy.run(request.args["b"])
    return Markup(request.args["a"])
`;

function run(argv: readonly string[], files: Readonly<Record<string, string>>) {
  return runMoat(argv, { cwd: createFolder({ 'app.py': APP, ...files }), engine });
}

describe('moat check with a configuration file', () => {
  it('applies it, and reports a bad key with file and line', () => {
    const { stdout, exitCode } = run(['check'], {
      'moat.toml': '[rules]\nunsafe-markup = "warning"\nweak-hsh = "off"\n',
    });
    expect(stdout).toContain('moat.toml:3:1');
    expect(stdout).toContain('Did you mean `weak-hash`?');
    expect(stdout).toMatch(/warning.*unsafe-markup|unsafe-markup.*warning/s);
    expect(exitCode).toBe(0);
  });

  it('takes the mildest severity from it, and the option before it', () => {
    const files = {
      'pyproject.toml': '[tool.moat]\nmin-severity = "error"\n[tool.moat.rules]\nunsafe-markup = "warning"\n',
    };
    expect(run(['check'], files).stdout).not.toContain('unsafe-markup');
    expect(run(['check', '--min-severity', 'warning'], files).stdout).toContain('unsafe-markup');
  });

  it('knows custom rules in every format', () => {
    const files = {
      'moat.toml':
        '[custom-rules.no-legacy]\nmessage = "Not this."\nseverity = "error"\nsinks = { "legacy.run" = { argument = 0 } }\n',
    };
    for (const format of ['json', 'sarif', 'text'])
      expect(run(['check', '--format', format], files).stdout).toContain('Not this.');
    const sarif = JSON.parse(run(['check', '--format', 'sarif'], files).stdout);
    const { results, tool } = sarif.runs[0];
    const own = results.find((result: { ruleId: string }) => result.ruleId === 'no-legacy');
    expect(tool.driver.rules[own.ruleIndex].id).toBe('no-legacy');
  });
});

describe('moat check-config', () => {
  const RULE = `[custom-rules.no-legacy]
message = "Not this."
sinks = { "legacy.run" = { argument = 0 } }
must-match = '''
import legacy
from flask import request
legacy.run(request.args["a"])
'''
`;

  it('finds nothing wrong with a good one', () => {
    const row =
      '[sanitizers."shop.clean"]\nclears = ["html"]\nmust-not-match = """\nfrom flask import request\nfrom markupsafe import Markup\nimport shop\nMarkup(shop.clean(request.args["a"]))\n"""\n';
    const { stdout, exitCode } = run(['check-config'], { 'moat.toml': RULE + row });
    expect(stdout).toBe('moat.toml: all is well, 2 examples tried\n');
    expect(exitCode).toBe(0);
  });

  it('tells bad keys and failing examples at their places', () => {
    const text = `exclud = []\n${RULE.replace('"legacy.run"', '"legacy.walk"')}must-not-match = ["import", '''
import legacy
from flask import request
legacy.walk(request.args["a"])
''']\n`;
    const { stdout, exitCode } = run(['check-config'], { 'moat.toml': text });
    expect(stdout.split('\n').map((line) => line.replace(/(: [^:]*).*/, '$1'))).toEqual([
      'moat.toml:1:1: There is no setting `exclud`; it is ignored. Did you mean `exclude`?',
      'moat.toml:5:14: `custom-rules.no-legacy.must-match`',
      'moat.toml:10:19: `custom-rules.no-legacy.must-not-match`',
      'moat.toml:10:29: `custom-rules.no-legacy.must-not-match`',
      'moat.toml: 4 to mend, 3 examples tried',
      '',
    ]);
    expect(stdout).toContain('Moat reports nothing in this example.');
    expect(stdout).toContain('This is no Python');
    expect(stdout).toContain('Moat reports `no-legacy` on line 3 of this example: Not this.');
    expect(exitCode).toBe(1);
  });

  it('says so when there is none, or none that can be read', () => {
    expect(run(['check-config'], {})).toMatchObject({ exitCode: 2 });
    expect(run(['check-config'], {}).stderr).toContain('There is no moat.toml');
    expect(run(['check-config', 'nowhere'], {}).exitCode).toBe(2);
    const folder = createFolder({ 'moat.toml': Uint8Array.of(0, 1, 2, 0) as unknown as string });
    expect(runMoat(['check-config'], { cwd: folder, engine }).stderr).toContain('moat.toml');
    if (process.getuid?.() === 0) return;
    const locked = createFolder({ 'moat.toml': '' });
    chmodSync(join(locked, 'moat.toml'), 0);
    expect(runMoat(['check-config'], { cwd: locked, engine }).stderr).toContain('no permission');
  });
});

describe('moat suppressions', () => {
  const FILES = {
    'app.py': APP.replace('["a"])', '["a"])  # moat: ignore[unsafe-markup] written by us'),
    'b.py': 'A = 1  # moat: ignore\nB = 1  # nosec\n',
    'templates/a.html': '{# moat: ignore-file[jinja-safe-filter] old #}\n',
  };

  it('lists them with their reasons', () => {
    expect(run(['suppressions'], FILES).stdout).toBe(
      [
        'app.py:11  unsafe-markup – written by us',
        'b.py:1  every rule – no reason given (switches nothing off)',
        'b.py:2  nosec (every rule)',
        'templates/a.html:1  whole file: jinja-safe-filter – old (switches nothing off)',
        '4 suppressions, 2 without a finding\n',
      ].join('\n'),
    );
  });

  it('gives them to programs', () => {
    const [first] = JSON.parse(run(['suppressions', '--format', 'json'], FILES).stdout);
    expect(first).toEqual({
      file: 'app.py',
      line: 11,
      tool: 'moat',
      scope: 'line',
      rules: ['unsafe-markup'],
      reason: 'written by us',
      isIdle: false,
    });
  });
});

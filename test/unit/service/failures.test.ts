/** What goes wrong in one place costs only that place. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../server/core/base/budget';
import type { Logger } from '../../../server/core/base/logger';
import { RULES } from '../../../server/core/generated/registry';
import type { Rule } from '../../../server/core/rules/rule';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';

const VULNERABLE = `import sqlite3
from flask import Flask, request

app = Flask(__name__)

@app.get("/users")
def users():
    db = sqlite3.connect("app.db")
    return db.execute("SELECT id FROM users WHERE name = '" + request.args["name"] + "'").fetchall()
`;

function analyzerWith(files: Readonly<Record<string, string>>, rules: readonly Rule[] = RULES) {
  const errors: string[] = [];
  const logger: Logger = { info: () => {}, warn: () => {}, error: (message) => errors.push(message) };
  const analyzer = createAnalyzer({ logger, createSecret: () => 'k'.repeat(64) }, rules);
  for (const [file, text] of Object.entries(files)) analyzer.setFile(file, text);
  return { analyzer, errors };
}

/** Fails in the first part of the work that is done with it. */
class FailingOnce extends Budget {
  #hasFailed = false;

  override part(steps: number): Budget {
    if (this.#hasFailed) return super.part(steps);
    this.#hasFailed = true;
    return new (class extends Budget {
      override spend(): boolean {
        throw new RangeError('Maximum call stack size exceeded');
      }
    })(steps);
  }
}

describe('a fault', () => {
  it('in following one unit leaves the findings of all others', () => {
    const { analyzer, errors } = analyzerWith({ 'a.py': 'x = 1\n', 'app.py': VULNERABLE });
    const { findings } = analyzer.check('app.py', new FailingOnce(1_000_000));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['sql-injection']);
    expect(errors).toEqual(['A part of a.py could not be followed; findings may be missing']);
    expect(analyzer.check('a.py').findings).toEqual([]);
  });

  it('does not come of chains that are longer than the stack is deep', () => {
    const chain = '.strip()'.repeat(10_000);
    const text = `${VULNERABLE}\npassword = "abc"${chain}\ndb.insert(password=name${chain})\n`;
    const { analyzer, errors } = analyzerWith({ 'app.py': text });
    expect(analyzer.check('app.py').findings.map(({ ruleId }) => ruleId)).toContain('sql-injection');
    expect(errors).toEqual([]);
  });

  it('in one rule leaves the findings of all others', () => {
    const failing: Rule = {
      ...(RULES[0] as Rule),
      id: 'always-fails',
      check: () => {
        throw new Error('no');
      },
    };
    const { analyzer, errors } = analyzerWith({ 'app.py': VULNERABLE }, [failing, ...RULES]);
    expect(analyzer.check('app.py').findings.map(({ ruleId }) => ruleId)).toEqual(['sql-injection']);
    expect(errors).toEqual(['Rule always-fails failed on app.py; its findings there are missing']);
  });

  it('in one fix leaves the finding without one', () => {
    const rules = RULES.map((rule) => ({
      ...rule,
      fix: () => {
        throw new Error('no');
      },
    }));
    const { analyzer, errors } = analyzerWith({ 'app.py': VULNERABLE }, rules);
    const [finding] = analyzer.check('app.py').findings;
    expect(analyzer.fixesFor('app.py', finding?.fingerprint ?? '')).toEqual([]);
    expect(errors).toEqual(['The fix of sql-injection failed on app.py']);
  });
});

describe('a function that calls itself in what it returns, with another text each time', () => {
  it('is followed to a bounded depth', () => {
    const recursive = `
class Permission:
    @classmethod
    def allows(cls, scope: str, have) -> bool:
        if scope.startswith("read"):
            return cls.allows(scope.replace("read", "write"), have)
        elif scope.startswith("write"):
            return cls.allows(scope.replace("write", "admin"), have)
        return False
`;
    const { analyzer, errors } = analyzerWith({ 'permission.py': recursive, 'app.py': VULNERABLE });
    expect(analyzer.check('permission.py').findings).toEqual([]);
    expect(analyzer.check('app.py').findings).toHaveLength(1);
    expect(errors).toEqual([]);
  });
});

describe('a fix for what is only suspected', () => {
  it('is never safe: the code may be right', () => {
    const files = {
      'app.py':
        'from markupsafe import Markup\nfrom shop import render\n\nbox = Markup(f"<p>{render()}</p>")\n',
      'templates/page.html': '{{ body|safe }}\n',
    };
    const { analyzer } = analyzerWith(files);
    for (const file of Object.keys(files)) {
      const [finding] = analyzer.check(file).findings;
      expect(finding).toMatchObject({ confidence: 'low', fixSafety: 'review' });
      const [offer] = analyzer.fixesFor(file, finding?.fingerprint ?? '');
      expect(offer).toMatchObject({ kind: 'fix', fix: { safety: 'review' } });
      expect(analyzer.fixAll(file, undefined)).toBeUndefined();
    }
  });
});

describe('code that nests without end', () => {
  it('costs its own statement: thousands of `elif`', () => {
    const elifs = `if x == 0:\n    y = 0\n${Array.from({ length: 20_000 }, (_, i) => `elif x == ${i}:\n    y = ${i}\n`).join('')}`;
    const { analyzer } = analyzerWith({ 'app.py': `${elifs}\n${VULNERABLE}` });
    expect(analyzer.check('app.py').findings.map(({ ruleId }) => ruleId)).toEqual(['sql-injection']);
  });
});

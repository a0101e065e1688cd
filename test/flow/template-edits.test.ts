/** Findings of templates follow edits of the Python that the templates call. */
import { describe, expect, it } from 'vitest';
import { RULES } from '../../server/core/generated/registry';
import { createAnalyzer } from '../../server/core/service/createAnalyzer';

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };
const HEAD = `from flask import Flask, render_template, request
from markupsafe import escape

app = Flask(__name__)


`;
const VIEW = `

@app.get("/")
def index():
    return render_template("index.html", q=request.args.get("q", ""))
`;

function open(filters: string, template: string) {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => 'k'.repeat(64) }, RULES);
  analyzer.setFile('app.py', HEAD + filters + VIEW);
  analyzer.setFile('templates/index.html', template);
  const severities = () =>
    analyzer.check('templates/index.html').findings.map(({ severity, ruleId }) => `${severity} ${ruleId}`);
  return { analyzer, severities };
}

describe('a template', () => {
  it('follows the body of a filter', () => {
    const filter = (result: string) => `@app.template_filter()\ndef show(text):\n    return ${result}\n`;
    const { analyzer, severities } = open(filter('text'), '{{ q|show|safe }}\n');
    expect(severities()).toEqual(['error jinja-safe-filter']);
    analyzer.setFile('app.py', HEAD + filter('escape(text)') + VIEW);
    expect(severities()).toEqual([]);
    analyzer.setFile('app.py', HEAD + filter('text.upper()') + VIEW);
    expect(severities()).toEqual(['error jinja-safe-filter']);
  });

  it('follows a function that a filter calls', () => {
    const filter = (result: string) =>
      `def inner(text):\n    return ${result}\n\n\n@app.template_filter()\ndef show(text):\n    return inner(text)\n`;
    const { analyzer, severities } = open(filter('text'), '{{ q|show|safe }}\n');
    expect(severities()).toEqual(['error jinja-safe-filter']);
    analyzer.setFile('app.py', HEAD + filter('escape(text)') + VIEW);
    expect(severities()).toEqual([]);
    analyzer.setFile('app.py', HEAD + filter('text') + VIEW);
    expect(severities()).toEqual(['error jinja-safe-filter']);
  });

  it('follows filters and context processors that come and go', () => {
    const { analyzer, severities } = open('', '{{ q|show|safe }}{{ brand|safe }}\n');
    const unknown = 'information jinja-safe-filter';
    expect(severities()).toEqual([unknown, unknown]);
    const added = `@app.context_processor
def common():
    return {"brand": "<b>Shop</b>"}


app.jinja_env.filters["show"] = escape
`;
    analyzer.setFile('app.py', HEAD + added + VIEW);
    expect(severities()).toEqual([]);
    analyzer.setFile('app.py', HEAD + VIEW);
    expect(severities()).toEqual([unknown, unknown]);
  });

  it('keeps the places of its flows when lines are added before a filter', () => {
    const filter = '@app.template_filter()\ndef show(text):\n    return text + request.path\n';
    const { analyzer } = open(filter, '{{ "a"|show|safe }}\n');
    const source = () => {
      const [finding] = analyzer.check('templates/index.html').findings;
      const step = finding?.path[0];
      return step && analyzer.textOf(step.file)?.slice(step.range.start, step.range.end);
    };
    expect(source()).toBe('request.path');
    analyzer.setFile('app.py', `# A comment above.\n${HEAD}${filter}${VIEW}`);
    expect(source()).toBe('request.path');
  });
});

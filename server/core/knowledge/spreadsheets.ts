/** Files that people open in a spreadsheet: a cell that begins like a formula is run there.
 *  @see https://owasp.org/www-community/attacks/CSV_Injection */
import type { Library } from './library';

const CELL = { kind: 'trust', effect: 'becomes a cell of a spreadsheet' } as const;
const ROW = { ...CELL, argument: { position: 0, name: 'row' } } as const;

export const spreadsheets = {
  reference: 'https://docs.python.org/3/library/csv.html',
  types: { 'csv.writer()': 'csv.Writer' },
  bases: { 'csv.DictWriter': 'csv.Writer' },
  sinks: {
    'csv.Writer.writerow': ROW,
    'csv.Writer.writerows': { ...CELL, argument: { position: 0, name: 'rows' } },
  },
} as const satisfies Library;

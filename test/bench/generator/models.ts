/** Generated models and data access: SQLAlchemy classes and functions with SQL of their own. */
import type { Random } from './random';
import { type Area, STATES } from './vocabulary';

export function modelFile(area: Area, random: Random): string {
  return `"""Database model of ${area.plural}."""
from __future__ import annotations

from datetime import datetime, timedelta

from ..extensions import db

${modelClass(area, random)}`;
}

export function modelClass({ className, plural, noun, fields }: Area, random: Random): string {
  const columns = fields.map((field) => `    ${field} = db.Column(${columnType(field, random)})`);
  const state = random.pick(STATES);
  const methods = [
    `    def __repr__(self):
        return f"<${className} {self.id}: {self.${fields[0]}}>"
`,
    `    def to_dict(self):
        return {
            "id": self.id,
${fields.map((field) => `            "${field}": self.${field},`).join('\n')}
            "created_at": self.created_at.isoformat() if self.created_at else None,
        }
`,
    `    @property
    def is_${state}(self):
        return self.state == "${state}" and not self.deleted
`,
    `    @classmethod
    def recent(cls, days=${5 + random.below(60)}):
        since = datetime.utcnow() - timedelta(days=days)
        query = cls.query.filter(cls.created_at >= since)
        return query.order_by(cls.created_at.desc()).all()
`,
    `    def update_from(self, data):
        """Takes over the known fields of \`data\`; others are ignored."""
        changed = False
        for key in (${fields.map((field) => `"${field}"`).join(', ')}):
            if key in data and getattr(self, key) != data[key]:
                setattr(self, key, data[key])
                changed = True
        return changed
`,
    `    @staticmethod
    def validate(data):
        errors = {}
        if not data.get("${fields[0]}"):
            errors["${fields[0]}"] = "is required"
        elif len(data["${fields[0]}"]) > ${40 + random.below(200)}:
            errors["${fields[0]}"] = "is too long"
        return errors
`,
  ];
  return `
class ${className}(db.Model):
    """One ${noun.replaceAll('_', ' ')}."""

    __tablename__ = "${plural}"

    id = db.Column(db.Integer, primary_key=True)
${columns.join('\n')}
    state = db.Column(db.String(20), default="${state}")
    deleted = db.Column(db.Boolean, default=False)
    created_at = db.Column(db.DateTime, default=datetime.utcnow)

${random.some(methods, 3 + random.below(4)).join('\n')}`;
}

/** Functions with SQL of their own. About one search in four builds its query from its argument. */
export function serviceFile(area: Area, random: Random): string {
  return `"""Queries on ${area.plural} that are too special for the model."""
import logging

from ..db import get_db

logger = logging.getLogger(__name__)

${serviceFunctions(area, random)}`;
}

export function serviceFunctions(area: Area, random: Random): string {
  const { noun, plural, fields } = area;
  const field = random.pick(fields);
  const other = random.pick(fields);
  const parts = [
    searchFunction(area, field, random),
    `
def count_${plural}_by_${other}():
    rows = get_db().execute(
        "SELECT ${other}, COUNT(*) AS n FROM ${plural} WHERE deleted = 0 GROUP BY ${other} ORDER BY n DESC"
    ).fetchall()
    return {row["${other}"]: row["n"] for row in rows}
`,
    `
def rename_${noun}(${noun}_id, value):
    db = get_db()
    try:
        cursor = db.execute("UPDATE ${plural} SET ${field} = ? WHERE id = ?", (value, ${noun}_id))
        db.commit()
    except Exception:
        db.rollback()
        logger.exception("rename of ${noun} %s failed", ${noun}_id)
        raise
    return cursor.rowcount == 1
`,
    `
def sum_of_${plural}(rows, minimum=0):
    total = 0
    skipped = 0
    for row in rows:
        amount = row["amount"] if "amount" in row.keys() else None
        if amount is None or amount < minimum:
            skipped += 1
            continue
        total += amount
    if skipped:
        logger.info("%d ${plural} were left out", skipped)
    return total
`,
    `
def page_of_${plural}(page, size=${10 + random.below(40)}):
    page = max(1, int(page))
    offset = (page - 1) * size
    db = get_db()
    rows = db.execute(
        "SELECT * FROM ${plural} WHERE deleted = 0 ORDER BY id LIMIT ? OFFSET ?", (size, offset)
    ).fetchall()
    n_rows = db.execute("SELECT COUNT(*) FROM ${plural} WHERE deleted = 0").fetchone()[0]
    return rows, (n_rows + size - 1) // size
`,
    `
def ${plural}_in_states(states):
    marks = ", ".join("?" for _ in states)
    sql = "SELECT * FROM ${plural} WHERE state IN (" + marks + ")"
    return get_db().execute(sql, list(states)).fetchall()
`,
  ];
  return [parts[0], ...random.some(parts.slice(1), 2 + random.below(4))].join('\n');
}

function searchFunction({ plural }: Area, field: string, random: Random): string {
  const isVulnerable = random.chance(0.25);
  const query = isVulnerable
    ? random.pick([
        `db.execute(f"SELECT * FROM ${plural} WHERE ${field} LIKE '%{term}%'")`,
        `db.execute("SELECT * FROM ${plural} WHERE ${field} = '%s'" % term)`,
        `db.execute("SELECT * FROM ${plural} WHERE ${field} = '" + term + "' ORDER BY id")`,
        `db.execute("SELECT * FROM ${plural} WHERE ${field} = '{}'".format(term))`,
      ])
    : `db.execute("SELECT * FROM ${plural} WHERE ${field} LIKE ?", ("%" + term + "%",))`;
  return `
def find_${plural}(term, limit=None):
    """${plural.replaceAll('_', ' ')} whose ${field} holds the term."""
    db = get_db()
    term = term.strip()
    if not term:
        return []
    rows = ${query}.fetchall()
    return rows if limit is None else rows[:limit]
`;
}

function columnType(field: string, random: Random): string {
  if (field === 'amount') return 'db.Numeric(10, 2)';
  if (field === 'quantity' || field === 'rating' || field === 'priority') return 'db.Integer, default=0';
  if (field === 'notes' || field === 'summary') return 'db.Text';
  if (field === 'due_date') return 'db.Date';
  return `db.String(${20 * (1 + random.below(10))})${random.chance(0.3) ? ', nullable=False' : ''}`;
}

/** Rows of the security checklist. */
import type { ChecklistResult, ViewApp, ViewLine, ViewRow } from '../../server/protocol/views';
import { findingNode, IDLE_ICON, type Node, placeNode, plain, statusIcon } from './nodes';

/** One app needs no row of its own. */
export function checklistNodes({ apps }: ChecklistResult): readonly Node[] {
  const [only] = apps;
  if (apps.length === 1 && only !== undefined) return only.rows.map((row) => rowNode('', row));
  return apps.map((app) => {
    const id = `${app.place.label} ${app.place.uri}`;
    const nBroken = brokenRows(app).length;
    return {
      id,
      label: app.name,
      description: app.place.label,
      icon: statusIcon(nBroken > 0 ? 'fail' : 'pass'),
      context: 'app',
      place: app.place,
      isOpen: true,
      children: app.rows.map((row) => rowNode(`${id}/`, row)),
    };
  });
}

export function brokenRows({ rows }: ViewApp): readonly ViewRow[] {
  return rows.filter(({ status }) => status === 'fail');
}

function rowNode(prefix: string, row: ViewRow): Node {
  const id = `${prefix}${row.id}`;
  const [only] = row.findings;
  const fixable = row.findings.filter(({ isFixable }) => isFixable);
  return {
    id,
    label: row.title,
    description: plain(row.reason),
    tooltip: `${row.title}: ${plain(row.reason)}`,
    icon: row.isIdle ? IDLE_ICON : statusIcon(row.status),
    context: `row.${row.status}${fixable.length > 0 ? '.fixable' : ''}`,
    ...(fixable[0] === undefined ? {} : { finding: fixable[0] }),
    ...(row.lines.length === 0 && only === undefined && row.places.length === 1
      ? { place: row.places[0] as ViewRow['places'][number] }
      : {}),
    children: [
      ...row.lines.map((line) => lineNode(id, line)),
      ...row.findings.map((finding) => findingNode(id, finding)),
      ...row.places.map((place, index) => placeNode(id, place, index)),
    ],
  };
}

function lineNode(parentId: string, { name, status, reason, places }: ViewLine): Node {
  const [place] = places;
  return {
    id: `${parentId}/${name}`,
    label: name,
    description: plain(reason),
    tooltip: [`${name}:`, plain(reason), place?.label].filter(Boolean).join(' '),
    icon: statusIcon(status),
    context: `line.${status}`,
    ...(place === undefined ? {} : { place }),
  };
}

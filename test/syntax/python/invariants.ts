/** What every tree must keep to, whatever the text. */
import type { Module, Node } from '../../../server/core/syntax/python/ast';
import { children } from '../../../server/core/syntax/python/children';

/** The first breach in words, or undefined. */
export function breach(module: Module): string | undefined {
  let base = 0;
  for (const unit of module.units) {
    if (unit.base !== base) return `unit begins at ${unit.base} instead of ${base}`;
    base += unit.tree.length;
    const found =
      breachInside(unit.tree.body, 0, unit.tree.length) ?? breachOfParts(unit.tree, unit.tree.length);
    if (found) return `unit at ${unit.base}: ${found}`;
    for (const comment of unit.tree.comments) {
      const text = module.text.slice(unit.base + comment.start, unit.base + comment.end);
      if (!comment.text.startsWith('#') || (!unit.tree.isRepaired && text !== comment.text))
        return 'comment off its place';
    }
  }
  if (base !== module.text.length) return `units end at ${base} of ${module.text.length}`;
  for (const { start, end } of module.problems) {
    if (!(0 <= start && start <= end && end <= module.text.length)) return `problem at ${start}..${end}`;
  }
  return undefined;
}

function breachInside(nodes: readonly Node[], start: number, end: number): string | undefined {
  const stack: { readonly nodes: readonly Node[]; readonly start: number; readonly end: number }[] = [];
  stack.push({ nodes, start, end });
  for (let item = stack.pop(); item; item = stack.pop()) {
    let from = item.start;
    for (const node of item.nodes) {
      if (node.start < from || node.end < node.start || node.end > item.end) {
        return `${node.kind} ${node.start}..${node.end} not in ${from}..${item.end}`;
      }
      from = node.end;
      stack.push({ nodes: children(node), start: node.start, end: node.end });
    }
  }
  return undefined;
}

/** Ranges of parts that are no nodes (arguments, names, pieces …) lie inside what holds them. */
function breachOfParts(root: object, length: number): string | undefined {
  const stack: { readonly value: object; readonly start: number; readonly end: number }[] = [];
  stack.push({ value: root, start: 0, end: length });
  for (let item = stack.pop(); item; item = stack.pop()) {
    let { start, end } = item;
    if ('start' in item.value && 'end' in item.value) {
      const own = item.value as { readonly start: number; readonly end: number };
      if (own.start < start || own.end > end || own.end < own.start) {
        return `part ${JSON.stringify(Object.keys(own))} ${own.start}..${own.end} not in ${start}..${end}`;
      }
      start = own.start;
      end = own.end;
    }
    for (const [key, value] of Object.entries(item.value)) {
      if (key !== 'problems' && typeof value === 'object' && value !== null)
        stack.push({ value, start, end });
    }
  }
  return undefined;
}

/** The Markdown of rule docs, for terminals and plain text: headings, lists, fences, links, code, emphasis. */
import { createStyle, type Style } from './style';

/** Readable without a renderer; nothing is lost but the marks. */
export function toPlainText(markdown: string): string {
  return renderMarkdown(markdown, createStyle(false));
}

export function renderMarkdown(markdown: string, style: Style): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      else lines.push(line === '' ? '' : style.accent(`    ${line}`));
    } else if (mark !== undefined) fence = mark;
    else lines.push(renderLine(line, style));
  }
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function renderLine(line: string, style: Style): string {
  const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return style.bold(renderInline(heading, createStyle(false)));
  const item = /^(\s*)[-*]\s+(.*)$/.exec(line);
  if (item !== null) return `${item[1]}• ${renderInline(item[2] ?? '', style)}`;
  return renderInline(line, style);
}

function renderInline(text: string, style: Style): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((part, index) => {
      // Odd parts are the separators: inline code, in which nothing else has a meaning.
      if (index % 2 === 1) return style.accent(part);
      return part
        .replace(
          /\[([^\]]*)\]\(([^)\s]+)\)/g,
          (_, title: string, url: string) => `${title} (${style.dim(url)})`,
        )
        .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => style.bold(strong))
        .replace(/(^|[\s(])[*_]([^*_\s][^*_]*)[*_](?=[\s).,;:!?]|$)/g, '$1$2');
    })
    .join('');
}

/** Template text -> tree, HTML contexts, tags and forms. Total: never throws, whatever the text; what is wrong
 *  with it becomes problems. Works on any text, HTML or not. Linear. */
import type { Template } from './ast';
import { finishForms, finishTags } from './forms';
import { HtmlMachine } from './htmlMachine';
import { lexTemplate } from './lexer';
import { TreeBuilder } from './treeBuilder';

/** UTF-16 units. Longer files are data, of which nothing is read. */
const MAX_LENGTH = 1_000_000;

export function parseTemplate(text: string): Template {
  return text.length > MAX_LENGTH ? { ...readTemplate(''), text } : readTemplate(text);
}

function readTemplate(text: string): Template {
  const machine = new HtmlMachine(text, isXml(text));
  const builder = new TreeBuilder(text, machine);
  for (const region of lexTemplate(text)) builder.add(region);
  const tree = builder.finish();
  machine.close(text.length);
  const tags = finishTags(machine.tags);
  return { text, ...tree, tags, forms: finishForms(text, machine.forms) };
}

/** XML has no raw elements, closes elements with `/>`, and knows CDATA: feeds, sitemaps, SVG files. */
function isXml(text: string): boolean {
  return /^\ufeff?(?:\s|\{%[^%]*%\}|\{#[^#]*#\})*<\?xml\b/.test(text.slice(0, 1000));
}

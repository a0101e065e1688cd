/** Reading tags of templates: attributes by name, and where their addresses lead. */
import type { HtmlAttribute, HtmlTag } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import { isPage } from './outputRule';

export function attributeOf(tag: HtmlTag, name: string): HtmlAttribute | undefined {
  return tag.attributes.find((attribute) => attribute.name === name);
}

/** The value as it is written, without the white space around it. */
export function attributeText({ text }: FileContext, attribute: HtmlAttribute | undefined): string {
  const range = attribute?.valueRange;
  return range === undefined ? '' : text.slice(range.start, range.end).trim();
}

/** `https://host/…` or `//host/…`: a host of its own. */
export function isAbsolute(address: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(address);
}

/** Opening tags of a page. */
export function openTags(context: FileContext): readonly HtmlTag[] {
  if (context.template === undefined || !isPage(context)) return [];
  return context.template.tags.filter((tag) => !tag.isClosing);
}

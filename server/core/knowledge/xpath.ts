/** XPath: lxml, elementpath, and the subset that `xml.etree` has.
 *  @see https://docs.python.org/3/library/xml.etree.elementtree.html#elementtree-xpath */
import type { Library } from './library';

const XPATH = { kind: 'xpath', effect: 'becomes part of the XPath expression' } as const;
const EXPRESSION = { ...XPATH, argument: { position: 0, name: '_path' } } as const;
const PATH = { ...XPATH, argument: { position: 0, name: 'path' } } as const;
/** @see https://elementpath.readthedocs.io/en/latest/xpath_api.html */
const SECOND = { ...XPATH, argument: { position: 1, name: 'path' } } as const;
const SOURCE = { ...XPATH, argument: { position: 0, name: 'source' } } as const;

export const xpath = {
  reference: 'https://lxml.de/xpathxslt.html#xpath',
  aliases: {
    'lxml.html.HtmlElement': 'lxml.etree._Element',
    'xml.etree.cElementTree.parse': 'xml.etree.ElementTree.parse',
    'xml.etree.cElementTree.fromstring': 'xml.etree.ElementTree.fromstring',
  },
  types: {
    'lxml.etree.ElementTree()': 'lxml.etree._ElementTree',
    'lxml.etree.Element()': 'lxml.etree._Element',
    'lxml.etree.parse()': 'lxml.etree._ElementTree',
    'lxml.etree.fromstring()': 'lxml.etree._Element',
    'lxml.etree.XML()': 'lxml.etree._Element',
    'lxml.etree.HTML()': 'lxml.etree._Element',
    'lxml.etree._ElementTree.getroot()': 'lxml.etree._Element',
    'lxml.etree._Element.getroottree()': 'lxml.etree._ElementTree',
    'lxml.etree._Element.find()': 'lxml.etree._Element',
    'lxml.html.parse()': 'lxml.etree._ElementTree',
    'lxml.html.fromstring()': 'lxml.etree._Element',
    'lxml.html.document_fromstring()': 'lxml.etree._Element',
    'xml.etree.ElementTree.parse()': 'xml.etree.ElementTree.ElementTree',
    'xml.etree.ElementTree.fromstring()': 'xml.etree.ElementTree.Element',
    'xml.etree.ElementTree.XML()': 'xml.etree.ElementTree.Element',
    'defusedxml.ElementTree.parse()': 'xml.etree.ElementTree.ElementTree',
    'defusedxml.ElementTree.fromstring()': 'xml.etree.ElementTree.Element',
    'xml.etree.ElementTree.ElementTree.getroot()': 'xml.etree.ElementTree.Element',
    'xml.etree.ElementTree.Element.find()': 'xml.etree.ElementTree.Element',
  },
  sinks: {
    'lxml.etree._Element.xpath': EXPRESSION,
    'lxml.etree._Element.find': PATH,
    'lxml.etree._Element.findall': PATH,
    'lxml.etree._Element.findtext': PATH,
    'lxml.etree._Element.iterfind': PATH,
    'lxml.etree._ElementTree.xpath': EXPRESSION,
    'lxml.etree._ElementTree.find': PATH,
    'lxml.etree._ElementTree.findall': PATH,
    'lxml.etree._ElementTree.findtext': PATH,
    'lxml.etree._ElementTree.iterfind': PATH,
    'elementpath.select': SECOND,
    'elementpath.iter_select': SECOND,
    'elementpath.Selector': PATH,
    'elementpath.XPath1Parser.parse': SOURCE,
    'elementpath.XPath2Parser.parse': SOURCE,
    'lxml.etree.XPath': PATH,
    'lxml.etree.ETXPath': PATH,
    'xml.etree.ElementTree.Element.find': PATH,
    'xml.etree.ElementTree.Element.findall': PATH,
    'xml.etree.ElementTree.Element.findtext': PATH,
    'xml.etree.ElementTree.Element.iterfind': PATH,
    'xml.etree.ElementTree.ElementTree.find': PATH,
    'xml.etree.ElementTree.ElementTree.findall': PATH,
    'xml.etree.ElementTree.ElementTree.findtext': PATH,
    'xml.etree.ElementTree.ElementTree.iterfind': PATH,
  },
} as const satisfies Library;

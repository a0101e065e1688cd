/** XML parsers that can be made to read other files: lxml. Those of the standard library load no external entities.
 *  @see https://docs.python.org/3/library/xml.html#xml-security */
import type { Library } from './library';

const PARSED = { kind: 'xml', effect: 'is parsed as XML' } as const;
const TEXT = { ...PARSED, argument: { position: 0, name: 'text' } } as const;
const SOURCE = { ...PARSED, argument: { position: 0, name: 'source' } } as const;

export const xmlParsers = {
  reference: 'https://lxml.de/parsing.html#parser-options',
  sinks: {
    'lxml.etree.fromstring': TEXT,
    'lxml.etree.fromstringlist': { ...PARSED, argument: { position: 0, name: 'strings' } },
    'lxml.etree.XML': TEXT,
    'lxml.etree.parse': SOURCE,
    'lxml.etree.iterparse': SOURCE,
    'lxml.objectify.fromstring': { ...PARSED, argument: { position: 0, name: 'xml' } },
    'lxml.objectify.parse': { ...PARSED, argument: { position: 0, name: 'f' } },
    'lxml.etree.XMLParser.feed': { ...PARSED, argument: { position: 0, name: 'data' } },
  },
  propagators: ['io.BytesIO', 'io.StringIO'],
} as const satisfies Library;

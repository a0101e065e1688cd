/** XML parsers that can be made to read other files: lxml, and SAX when it is told to. Otherwise those of the standard
 *  library load no external entities.
 *  @see https://docs.python.org/3/library/xml.html#xml-security */
import type { Library, SinkRow } from './library';

export const READ = 'is parsed as XML';
const PARSED = { kind: 'xml', effect: READ } as const;
const TEXT = { ...PARSED, argument: { position: 0, name: 'text' } } as const;
const SOURCE = { ...PARSED, argument: { position: 0, name: 'source' } } as const;
/** Text that is put together and then read as XML: whoever writes a tag into it changes what it says. */
const BUILT = { kind: 'html', effect: 'becomes part of an XML text' } as const;
const BUILT_TEXT = { ...BUILT, argument: { position: 0, name: 'text' } } as const;
const BUILT_STRING = { ...BUILT, argument: { position: 0, name: 'string' } } as const;
/** Parsers of the standard library write out entities of the document itself, as far as Expat lets them. */
export const EXPANDED = 'is parsed with its entities';
const GROWN = {
  kind: 'xml',
  effect: EXPANDED,
  // A parser that the code makes itself is not judged.
  unless: [{ argument: { position: 1, name: 'parser' }, values: ['unknown'] }],
} as const satisfies Omit<SinkRow, 'argument'>;
const GROWN_TEXT = { ...GROWN, argument: { position: 0, name: 'text' } } as const;
const GROWN_SOURCE = { ...GROWN, argument: { position: 0, name: 'source' } } as const;
const GROWN_STRING = { ...GROWN, argument: { position: 0, name: 'string' } } as const;
/** General and parameter entities, by name or as the text that the name stands for. */
const EXTERNAL = {
  refs: ['xml.sax.handler.feature_external_ges'],
  pattern: /^http:\/\/xml\.org\/sax\/features\/external-(general|parameter)-entities$/,
} as const;
const WITH_EXTERNAL = {
  argument: { position: 1, name: 'parser' },
  refs: ['xml.sax.ExternalReader'],
} as const;

export const xmlParsers = {
  reference: 'https://lxml.de/parsing.html#parser-options',
  aliases: {
    'xml.sax.handler.feature_external_pes': 'xml.sax.handler.feature_external_ges',
  },
  types: {
    'xml.sax.make_parser()': 'xml.sax.xmlreader.XMLReader',
    'xml.sax.expatreader.create_parser()': 'xml.sax.xmlreader.XMLReader',
  },
  changes: {
    'xml.sax.xmlreader.XMLReader.setFeature': {
      when: [
        { argument: { position: 0, name: 'name' }, ...EXTERNAL },
        { argument: { position: 1, name: 'state' }, values: [true, 1] },
      ],
      type: 'xml.sax.ExternalReader',
    },
    'xml.sax.ExternalReader.setFeature': {
      when: [
        { argument: { position: 0, name: 'name' }, ...EXTERNAL },
        { argument: { position: 1, name: 'state' }, values: [false, 0] },
      ],
      type: 'xml.sax.xmlreader.XMLReader',
    },
  },
  sinks: {
    'xml.sax.ExternalReader.parse': SOURCE,
    'xml.sax.ExternalReader.feed': { ...PARSED, argument: { position: 0, name: 'data' } },
    'xml.dom.minidom.parse': [
      { ...PARSED, argument: { position: 0, name: 'file' }, when: [WITH_EXTERNAL] },
      { ...GROWN, argument: { position: 0, name: 'file' } },
    ],
    'xml.dom.minidom.parseString': [
      { ...PARSED, argument: { position: 0, name: 'string' }, when: [WITH_EXTERNAL] },
      BUILT_STRING,
      GROWN_STRING,
    ],
    'xml.etree.ElementTree.fromstring': [BUILT_TEXT, GROWN_TEXT],
    'xml.etree.ElementTree.XML': [BUILT_TEXT, GROWN_TEXT],
    'xml.etree.ElementTree.parse': GROWN_SOURCE,
    'xml.etree.ElementTree.iterparse': GROWN_SOURCE,
    'xml.sax.parse': { ...GROWN_SOURCE, unless: [] },
    'xml.sax.parseString': [BUILT_STRING, { ...GROWN_STRING, unless: [] }],
    'xmltodict.parse': { ...BUILT, argument: { position: 0, name: 'xml_input' } },
    'defusedxml.ElementTree.fromstring': BUILT_TEXT,
    'defusedxml.minidom.parseString': BUILT_STRING,
    'xml.dom.pulldom.parse': {
      ...PARSED,
      argument: { position: 0, name: 'stream_or_string' },
      when: [WITH_EXTERNAL],
    },
    'xml.dom.pulldom.parseString': {
      ...PARSED,
      argument: { position: 0, name: 'string' },
      when: [WITH_EXTERNAL],
    },
    'lxml.etree.fromstring': [TEXT, BUILT_TEXT],
    'lxml.etree.fromstringlist': { ...PARSED, argument: { position: 0, name: 'strings' } },
    'lxml.etree.XML': [TEXT, BUILT_TEXT],
    'lxml.etree.parse': SOURCE,
    'lxml.etree.iterparse': SOURCE,
    'lxml.objectify.fromstring': { ...PARSED, argument: { position: 0, name: 'xml' } },
    'lxml.objectify.parse': { ...PARSED, argument: { position: 0, name: 'f' } },
    'lxml.etree.XMLParser.feed': { ...PARSED, argument: { position: 0, name: 'data' } },
  },
  bases: { 'xml.sax.ExternalReader': 'xml.sax.xmlreader.XMLReader' },
  propagators: ['io.BytesIO', 'io.StringIO'],
} as const satisfies Library;

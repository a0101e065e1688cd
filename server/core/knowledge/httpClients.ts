/** HTTP clients: requests, httpx, urllib, urllib3, aiohttp, http.client. What counts is the URL; parameters, bodies
 *  and headers do not decide where the request goes.
 *  @see https://www.python-httpx.org/api/
 *  @see https://docs.python.org/3/library/urllib.request.html
 *  @see https://urllib3.readthedocs.io/en/stable/reference/urllib3.poolmanager.html
 *  @see https://docs.aiohttp.org/en/stable/client_reference.html */
import type { Library } from './library';

const FETCHED = { kind: 'ssrf', effect: 'decides where the server sends a request' } as const;
const FIRST = { ...FETCHED, argument: { position: 0, name: 'url' } } as const;
const SECOND = { ...FETCHED, argument: { position: 1, name: 'url' } } as const;
const HOST = { ...FETCHED, argument: { position: 0, name: 'host' } } as const;

export const httpClients = {
  reference: 'https://requests.readthedocs.io/en/latest/api/',
  aliases: {
    'requests.api.get': 'requests.get',
    'requests.api.post': 'requests.post',
    'requests.api.request': 'requests.request',
    'requests.sessions.Session': 'requests.Session',
    'requests.session': 'requests.Session',
    'urllib.urlopen': 'urllib.request.urlopen',
    'urllib2.urlopen': 'urllib.request.urlopen',
    'urllib2.Request': 'urllib.request.Request',
    'urllib.urlretrieve': 'urllib.request.urlretrieve',
    'six.moves.urllib.request.urlopen': 'urllib.request.urlopen',
    'six.moves.urllib.parse.quote': 'urllib.parse.quote',
    'urllib3.poolmanager.PoolManager': 'urllib3.PoolManager',
    'aiohttp.client.ClientSession': 'aiohttp.ClientSession',
  },
  bases: { 'urllib3.ProxyManager': 'urllib3.PoolManager' },
  types: {
    'urllib.request.build_opener()': 'urllib.request.OpenerDirector',
  },
  sinks: {
    'requests.get': FIRST,
    'requests.options': FIRST,
    'requests.head': FIRST,
    'requests.post': FIRST,
    'requests.put': FIRST,
    'requests.patch': FIRST,
    'requests.delete': FIRST,
    'requests.request': SECOND,
    'requests.Session.get': FIRST,
    'requests.Session.options': FIRST,
    'requests.Session.head': FIRST,
    'requests.Session.post': FIRST,
    'requests.Session.put': FIRST,
    'requests.Session.patch': FIRST,
    'requests.Session.delete': FIRST,
    'requests.Session.request': SECOND,
    'requests.Request': SECOND,
    'httpx.get': FIRST,
    'httpx.options': FIRST,
    'httpx.head': FIRST,
    'httpx.post': FIRST,
    'httpx.put': FIRST,
    'httpx.patch': FIRST,
    'httpx.delete': FIRST,
    'httpx.request': SECOND,
    'httpx.stream': SECOND,
    'httpx.Client.get': FIRST,
    'httpx.Client.options': FIRST,
    'httpx.Client.head': FIRST,
    'httpx.Client.post': FIRST,
    'httpx.Client.put': FIRST,
    'httpx.Client.patch': FIRST,
    'httpx.Client.delete': FIRST,
    'httpx.Client.request': SECOND,
    'httpx.Client.stream': SECOND,
    'httpx.Client.build_request': SECOND,
    'httpx.AsyncClient.get': FIRST,
    'httpx.AsyncClient.options': FIRST,
    'httpx.AsyncClient.head': FIRST,
    'httpx.AsyncClient.post': FIRST,
    'httpx.AsyncClient.put': FIRST,
    'httpx.AsyncClient.patch': FIRST,
    'httpx.AsyncClient.delete': FIRST,
    'httpx.AsyncClient.request': SECOND,
    'httpx.AsyncClient.stream': SECOND,
    'httpx.AsyncClient.build_request': SECOND,
    'urllib.request.urlopen': FIRST,
    'urllib.request.urlretrieve': FIRST,
    'urllib.request.Request': FIRST,
    'urllib.request.OpenerDirector.open': { ...FETCHED, argument: { position: 0, name: 'fullurl' } },
    'urllib3.request': SECOND,
    'urllib3.PoolManager.request': SECOND,
    'urllib3.PoolManager.urlopen': SECOND,
    'urllib3.HTTPConnectionPool': HOST,
    'urllib3.HTTPSConnectionPool': HOST,
    'aiohttp.ClientSession.get': FIRST,
    'aiohttp.ClientSession.options': FIRST,
    'aiohttp.ClientSession.head': FIRST,
    'aiohttp.ClientSession.post': FIRST,
    'aiohttp.ClientSession.put': FIRST,
    'aiohttp.ClientSession.patch': FIRST,
    'aiohttp.ClientSession.delete': FIRST,
    'aiohttp.ClientSession.request': SECOND,
    'aiohttp.ClientSession.ws_connect': FIRST,
    'aiohttp.request': SECOND,
    'http.client.HTTPConnection': HOST,
    'http.client.HTTPSConnection': HOST,
  },
  sanitizers: {
    // `:` and what starts a host are written as %3A and the like; `/` stays as it is.
    'urllib.parse.quote': {
      clears: ['ssrf', 'header', 'html', 'link', 'script', 'attribute'],
      label: 'written as part of a path',
    },
    'urllib.parse.quote_plus': {
      clears: ['ssrf', 'redirect', 'header', 'path', 'html', 'link', 'script', 'attribute'],
      label: 'written as a value',
    },
    'urllib.parse.urlencode': {
      clears: ['ssrf', 'redirect', 'header', 'html', 'link', 'script', 'attribute'],
      label: 'written as a query string',
    },
  },
} as const satisfies Library;

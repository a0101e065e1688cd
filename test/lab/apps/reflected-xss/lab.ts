import type { LabModule } from '../../labModule';

const PAYLOAD = '<script>boom()</script>';

export const lab: LabModule = {
  cases: [
    {
      name: 'f-string with a part of the address',
      honest: [{ to: '/hello/Ann', shows: '<h1>Hello Ann</h1>' }],
      exploit: [{ to: '/hello/%3Cimg%20src=x%20onerror=boom()%3E' }],
      proof: { runsScript: true },
    },
    {
      name: 'plus',
      honest: [
        { to: '/search?q=tea', shows: '<b>tea</b>' },
        { to: '/search', status: 400 },
      ],
      exploit: [{ to: '/search', query: { q: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'str.format of a constant',
      honest: [{ to: '/page?heading=Tea', shows: '<h1>Tea</h1>' }, { to: '/page' }],
      exploit: [{ to: '/page', query: { heading: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'make_response and percent',
      honest: [{ to: '/response?sort=price', shows: '<p>Sort by price</p>' }],
      exploit: [{ to: '/response', query: { sort: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'Response with a status; plain text stays',
      honest: [
        { to: '/error?lang=xx', status: 404, shows: 'Unknown language: xx' },
        { to: '/plain?text=%3Cb%3E', shows: '<b>' },
      ],
      exploit: [{ to: '/error', query: { lang: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'an error page that shows the address',
      honest: [{ to: '/nowhere', status: 404, shows: 'There is no /nowhere here' }],
      exploit: [{ to: '/%3Cscript%3Eboom()%3C/script%3E' }],
      proof: { runsScript: true },
    },
  ],
};

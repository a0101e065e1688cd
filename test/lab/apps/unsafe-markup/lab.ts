import type { LabModule } from '../../labModule';

const PAYLOAD = '<script>boom()</script>';

export const lab: LabModule = {
  cases: [
    {
      name: 'f-string',
      honest: [
        { to: '/hello', shows: "<p class='hello'>Hello <b>world</b></p>" },
        { to: '/hello?name=Ann', shows: '<b>Ann</b>' },
      ],
      exploit: [{ to: '/hello', query: { name: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'percent',
      honest: [{ to: '/percent?name=Ann&greeting=pal', shows: '<p>Ann is 100% welcome, pal</p>' }],
      exploit: [{ to: '/percent', query: { name: 'Ann', greeting: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'str.format',
      honest: [{ to: '/format?item=Tea', shows: '<td>Tea</td><td>  3</td>' }],
      exploit: [{ to: '/format', query: { item: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'plus, in a variable',
      honest: [
        { to: '/plus?q=tea', shows: '<h1>Results for tea</h1>' },
        { to: '/plus', shows: '<h1>Results for </h1>' },
      ],
      exploit: [{ to: '/plus', query: { q: PAYLOAD } }],
      proof: { runsScript: true },
    },
    {
      name: 'the value alone',
      honest: [{ to: '/bare?text=plain', shows: '<p>plain</p>' }],
      exploit: [{ to: '/bare', query: { text: PAYLOAD } }],
      proof: { runsScript: true },
    },
  ],
};

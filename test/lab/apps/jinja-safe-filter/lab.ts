import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'a name in a heading',
      honest: [{ to: '/?visitor=Ann', shows: 'Welcome, Ann' }],
      exploit: [{ to: '/', query: { visitor: '<img src=x onerror=boom()>' } }],
      proof: { runsScript: true },
    },
    {
      name: 'an entry that others see, through a macro',
      honest: [
        { to: 'POST /', form: { entry: 'Nice place' }, status: 302 },
        { to: '/', shows: '<li>Nice place</li>' },
      ],
      exploit: [
        { to: 'POST /', form: { entry: '<script>boom()</script>' } },
        { as: 'victim', to: '/' },
      ],
      proof: { runsScript: true },
    },
    {
      name: 'a title, after another filter',
      honest: [{ to: '/search?q=place', shows: 'Search: place' }],
      exploit: [{ to: '/search', query: { q: '</title><img src=x onerror="&#98;oom()">' } }],
      proof: { runsScript: true },
    },
    {
      name: 'a quoted attribute',
      honest: [{ to: '/search?q=Nice', shows: '&#9733;' }],
      exploit: [{ to: '/search', query: { q: '" onmouseover="boom()' } }],
      proof: { runsScript: true },
    },
  ],
};

import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'a search that takes the server for seconds',
      honest: [{ to: '/search?q=tea', shows: 'Tea (green)' }, { to: '/search' }],
      exploit: [{ to: '/search', query: { q: '(a+)+$' } }],
      proof: { slowerThanMs: 500 },
    },
    {
      name: 'a pattern round the value',
      honest: [{ to: '/words?start=gre', shows: 'green' }],
      exploit: [{ to: '/words', query: { start: '(a|a)*$|' } }],
      proof: { slowerThanMs: 500 },
    },
  ],
};

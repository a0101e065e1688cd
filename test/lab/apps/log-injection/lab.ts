import type { LabModule } from '../../labModule';

const FORGED = 'x\nINFO login of admin succeeded';

export const lab: LabModule = {
  cases: [
    {
      name: 'an argument of the call',
      honest: [{ to: 'POST /login', form: { name: 'ann' }, status: 403 }],
      exploit: [{ to: 'POST /login', form: { name: FORGED } }],
      proof: { log: /^INFO login of admin succeeded/m },
    },
    {
      name: 'f-string',
      honest: [{ to: '/search?q=tea', shows: 'found' }, { to: '/search' }],
      exploit: [{ to: '/search', query: { q: FORGED } }],
      proof: { log: /^INFO login of admin succeeded/m },
    },
    {
      name: 'str.format with a part of the address',
      honest: [{ to: '/page/one', shows: 'one' }, { to: '/visit?page=a' }],
      exploit: [{ to: `/page/${encodeURIComponent(FORGED)}` }],
      proof: { log: /^INFO login of admin succeeded/m },
    },
  ],
};

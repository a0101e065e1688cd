import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  answersAre: 'json',
  cases: [
    {
      name: 'a page out of JSON',
      honest: [
        { to: '/notes', shows: 'tea' },
        { to: '/note/0', shows: 'tea' },
        { to: '/note/7', status: 404, shows: 'no note 7' },
      ],
      exploit: [{ to: '/notes', query: { q: '<img src=x onerror=boom()>' } }],
      proof: { runsScript: true },
    },
  ],
};

import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'a page with a parent and a part',
      honest: [{ to: '/profile/Ann', shows: 'Written for Ann' }],
      exploit: [{ to: '/profile/%3Cimg%20src=x%20onerror=boom()%3E' }],
      proof: { runsScript: true },
    },
    {
      name: 'a text that is sent as a page',
      honest: [{ to: '/note/Ann', shows: 'Hello Ann' }],
      exploit: [{ to: '/note/%3Cimg%20src=x%20onerror=boom()%3E' }],
      proof: { runsScript: true },
    },
  ],
};

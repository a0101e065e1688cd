import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  needs: ['inner'],
  fixedBy: 'hand',
  cases: [
    {
      name: 'a service that only the server reaches',
      honest: [{ to: '/preview', shows: 'public /public/feed' }],
      exploit: [{ to: '/preview', query: { url: ({ inner }) => `${inner}/admin/keys` } }],
      proof: { body: 'inner-secret', innerPath: '/admin/keys' },
    },
  ],
};

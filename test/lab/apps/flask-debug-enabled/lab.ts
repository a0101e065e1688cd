import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  start: 'python',
  cases: [
    {
      name: 'an error page that shows the code and opens a console',
      honest: [{ to: '/price/10?parts=4', shows: '2.5' }],
      exploit: [{ to: '/price/10?parts=0' }],
      proof: { status: 500, body: /EVALEX = true[\s\S]*price \/ parts/ },
    },
    {
      name: 'the console itself',
      honest: [],
      exploit: [{ to: '/console' }],
      proof: { status: 200, body: 'Interactive Console' },
    },
  ],
};

import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'scripts that somebody smuggled in would run',
      honest: [{ to: '/?name=Ann', shows: 'Hello Ann' }],
      exploit: [{ to: '/' }],
      proof: { header: ['content-security-policy', /script-src[^;]*'unsafe-inline'/] },
    },
    {
      name: 'text is run as code',
      honest: [{ to: '/', shows: 'Hello you' }],
      exploit: [{ to: '/' }],
      proof: { header: ['content-security-policy', /'unsafe-eval'/] },
    },
  ],
};

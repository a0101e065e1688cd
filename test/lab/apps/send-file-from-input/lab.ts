import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'send_file of joined names',
      honest: [{ to: '/download?name=april.csv', shows: 'April: 20' }],
      exploit: [{ to: '/download?name=../secret.toml' }],
      proof: { body: 'hidden-token' },
    },
    {
      name: 'send_file of an f-string',
      honest: [{ to: '/show/april.csv', shows: 'April: 20' }],
      exploit: [{ to: '/show/..%2Fsecret.toml' }],
      proof: { body: 'hidden-token' },
    },
  ],
};

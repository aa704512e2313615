import { defineConfig } from 'vitest/config';

const patience = { testTimeout: 30_000, hookTimeout: 60_000 };

/** The tests of the program come last and alone: their moments lie between processes, and those need the machine. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patience,
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          maxWorkers: '100%',
        },
      },
      {
        test: {
          ...patience,
          name: 'program',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { texts } from './web/build/texts.ts'

// Every file of tests is a process of its own: what Node.js made of the sources is kept for the next one.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile')

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 20_000,
    projects: [
      {
        test: {
          name: 'server',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // The program is loaded once for each worker and not for each file, which took a third of the time. Each file has
          // its own database and servers; closing its app sets the clock back, other things of the process it sets back itself.
          isolate: false,
          // Node runs the sources as they are, as in production; nothing transforms them for the tests.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          // Nothing is judged by the clock: what hangs is found, what is slow on a slow machine passes.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // Texts and components of the web app need what its build does to them.
        plugins: [react(), texts()],
        test: { name: 'web', include: ['web/**/*.test.{ts,tsx}'], testTimeout: 60_000 },
      },
    ],
  },
})

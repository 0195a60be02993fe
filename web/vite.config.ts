import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'
import { compileEarly } from './build/compile-early.ts'
import { earlyFiles } from './build/early-files.ts'
import { noCycles } from './build/no-cycles.ts'
import { precompress } from './build/precompress.ts'
import { texts } from './build/texts.ts'

const here = import.meta.dirname
/** The server to which the development server hands the API on. */
const api = 'http://localhost:3000'

export default defineConfig({
  root: here,
  plugins: [react(), texts(), earlyFiles(), compileEarly(), noCycles(), precompress()],
  css: { postcss: { plugins: [mantine()] } },
  server: { port: 5173, proxy: { '/api': { target: api, changeOrigin: true, headers: { origin: api } } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // A page loads what it uses of a room, not everything that stands in the room's index.
      treeshake: {
        moduleSideEffects: [
          {
            test: /\/web\/(?:patterns|forms|grid|page|session|ui\/inputs|ui\/lots)\/(?!list\/(?:list-page|start-list)\.).*\.tsx?$/,
            sideEffects: false,
          },
        ],
      },
      // What begins with the app comes in few files: each costs a request and a link of its own before the first row.
      output: {
        codeSplitting: {
          groups: [
            // Wants nothing of the others, and is wanted by all. These are no modules but functions that make one, which
            // a file that is evaluated first, because two files want each other, would miss.
            {
              name: 'react',
              tags: ['$initial'],
              test: /\/node_modules\/(?:react|react-dom|scheduler|use-sync-external-store)\//,
              priority: 2,
            },
            // Small parts that many pages share with the warehouse and a customer's page, or those pages would load
            // all that these two consist of.
            {
              name: 'parts',
              tags: ['$initial'],
              test: /\/(?:big\.js|icons-react)\/|\/kernel\/decimal\.ts$/,
              priority: 1,
            },
            {
              name: 'shared',
              tags: ['$initial'],
              test: /(?<!\/main)\.[cm]?[jt]sx?$/,
              entriesAware: true,
              // Joined more freely, files come to want each other; the build refuses that.
              entriesAwareMergeThreshold: 38_000,
            },
          ],
        },
      },
      input: { app: `${here}/index.html`, warehouse: `${here}/w/index.html`, portal: `${here}/p/index.html` },
    },
  },
})

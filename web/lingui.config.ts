import { formatter } from '@lingui/format-po'
import { defineConfig } from '@lingui/conf'

/**
 * One catalogue per room, so that people who work on different rooms do not write into the same file. The
 * English text is the source; `npm run web:texts` collects it, Polish is added by hand.
 */
const rooms = {
  app: ['app', 'api', 'i18n', 'page', 'session'],
  ui: ['ui'],
  forms: ['forms'],
  grid: ['grid'],
  patterns: ['patterns'],
  // The warehouse mode loads its own texts only, so it has a catalogue of its own.
  w: ['w', 'ui/limits-of-goods.ts'],
  // So do the pages of customers' links.
  p: ['p'],
}

const catalogue = (name: string, include: string[]) => ({
  path: `<rootDir>/i18n/locales/${name}.{locale}`,
  include: include.map((folder) => `<rootDir>/${folder}`),
  exclude: ['**/*.test.ts', '**/*.test.tsx'],
})

export default defineConfig({
  rootDir: import.meta.dirname,
  sourceLocale: 'en',
  locales: ['en', 'pl'],
  catalogs: [
    ...Object.entries(rooms).map(([name, folders]) => catalogue(name, folders)),
    catalogue('pages.{name}', ['pages/{name}']),
  ],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
})

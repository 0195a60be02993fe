import { getConfig } from '@lingui/conf'
import { lingui } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'

const configPath = `${import.meta.dirname}/../lingui.config.ts`

/**
 * What Vite does for the texts: catalogues (.po) become modules, the macros of @lingui/core and @lingui/react
 * become messages. The macros go through Babel and not through lingui's native transform, as npm leaves the
 * native part out where it runs on a Node.js older than 22.
 */
export function texts() {
  const macros = ['@lingui/babel-plugin-lingui-macro', { linguiConfig: getConfig({ configPath }) }]
  return [
    lingui({ configPath }),
    babel({
      presets: [
        { preset: { plugins: [macros] }, rolldown: { filter: { code: /@lingui\/(core|react)\/macro/ } } },
      ],
    }),
  ]
}

import type { Plugin, Rollup } from 'vite'
import { kinds } from '../../src/kinds.ts'

const listPage = '/pages/documents/list.tsx'
const listTexts = /^pages\.documents\.(\w+)$/

/**
 * Tells `index.html` which files the app asks for only when its own code runs: the texts, and the page of a list of
 * documents. `first-paint.js` asks for them beside that code, so that the first row does not wait for them in turn.
 */
export function earlyFiles(): Plugin {
  return {
    name: 'zapas-early-files',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle, filename }) {
        if (bundle === undefined || !filename.endsWith('/web/index.html')) return
        const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
        const app = withImports(chunks, (chunk) => chunk.isEntry && chunk.name === 'app')
        const page = withImports(chunks, (chunk) => chunk.facadeModuleId?.endsWith(listPage) === true)
        const named = new Map(chunks.map(({ name, fileName }) => [name, fileName]))
        const languages = [...named.keys()].flatMap((name) => listTexts.exec(name)?.[1] ?? [])
        const fileOf = (name: (language: string) => string) =>
          Object.fromEntries(languages.map((language) => [language, named.get(name(language))]))
        const files = {
          texts: fileOf((language) => language),
          lists: Object.values(kinds).map(({ path }) => path),
          list: [...page].filter((file) => !app.has(file)),
          listTexts: fileOf((language) => `pages.documents.${language}`),
        }
        return [
          {
            tag: 'meta',
            attrs: { name: 'zapas-early', content: JSON.stringify(files) },
            injectTo: 'head-prepend',
          },
        ]
      },
    },
  }
}

/** The files of a chunk and of all that it imports at once, its style sheets among them. */
function withImports(
  chunks: readonly Rollup.OutputChunk[],
  begins: (chunk: Rollup.OutputChunk) => boolean,
): ReadonlySet<string> {
  const files = new Set<string>()
  const take = (chunk: Rollup.OutputChunk | undefined) => {
    if (chunk === undefined || files.has(chunk.fileName)) return
    files.add(chunk.fileName)
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet)
    for (const name of chunk.imports) take(chunks.find(({ fileName }) => fileName === name))
  }
  for (const chunk of chunks.filter(begins)) take(chunk)
  return files
}

import type { Plugin } from 'vite'

/**
 * Has the browser compile the functions of a file while it loads it, beside the page, and not one by one when they are
 * first called, which the page waits for: a click that opens a dialog for the first time calls some hundred.
 * https://v8.dev/blog/explicit-compile-hints
 */
export function compileEarly(): Plugin {
  return {
    name: 'zapas-compile-early',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk') file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
      },
    },
  }
}

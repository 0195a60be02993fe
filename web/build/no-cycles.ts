import type { Plugin } from 'vite'

/**
 * Refuses to build files that want each other. They would be evaluated in an order in which a class or a table can be
 * missing where it is needed first: the app stays blank, and only who opens it sees that.
 */
export function noCycles(): Plugin {
  return {
    name: 'zapas-no-cycles',
    generateBundle(_, bundle) {
      const wanted = new Map(
        Object.values(bundle).flatMap((file) =>
          file.type === 'chunk' ? [[file.fileName, file.imports]] : [],
        ),
      )
      const cycle = findCycle(wanted)
      if (cycle !== null)
        this.error(
          `These files want each other: ${cycle.join(' → ')}. Smaller ones are joined in vite.config.ts: lower entriesAwareMergeThreshold.`,
        )
    },
  }
}

/** Names that want each other in turn, the first once more at the end; null: there are none. */
export function findCycle(wanted: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>()
  const walk = (name: string, path: readonly string[]): string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return null
    for (const next of wanted.get(name) ?? []) {
      const found = walk(next, [...path, name])
      if (found !== null) return found
    }
    done.add(name)
    return null
  }
  for (const name of wanted.keys()) {
    const found = walk(name, [])
    if (found !== null) return found
  }
  return null
}

import { SingleBar } from 'cli-progress'

/** Rows for a person, columns below each other; or one JSON array for a program. */
export function printRows(rows: readonly object[], json: boolean, none: string): void {
  if (json) return console.log(JSON.stringify(rows, null, 2))
  const [first] = rows
  if (first === undefined) return console.log(none)
  const keys = Object.keys(first)
  const cells = rows.map((row) => keys.map((key) => cell((row as Record<string, unknown>)[key])))
  const all = [keys.map(heading), ...cells]
  const widths = keys.map((_, i) => Math.max(...all.map((line) => line[i]!.length)))
  for (const line of all)
    console.log(
      line
        .map((text, i) => text.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
}

/** One result: words for a person, an object for a program. */
export function printResult(result: object, json: boolean, words: string): void {
  console.log(json ? JSON.stringify(result, null, 2) : words)
}

function heading(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase()
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 16).replace('T', ' ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export interface Progress {
  step(done: number, total: number, what: string): void
  end(): void
}

/** A bar on the error output of a terminal; nothing for programs and logs, whose output must stay clean. */
export function progress(json: boolean): Progress {
  if (json || !process.stderr.isTTY) return { step: () => {}, end: () => {} }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} {what}',
    hideCursor: true,
    clearOnComplete: true,
  })
  let started = false
  return {
    step(done, total, what) {
      if (started) {
        bar.setTotal(total)
        bar.update(done, { what })
      } else {
        bar.start(total, done, { what })
        started = true
      }
    },
    end: () => bar.stop(),
  }
}

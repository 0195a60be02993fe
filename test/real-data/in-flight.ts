/** How long work took, for the report. */
export interface Pace {
  readonly count: number
  readonly seconds: number
}

/** Documents are entered by this many clerks at once: enough to keep two cores and the locks busy. */
const atOnce = 6
const secondsBetweenLines = 5

/** Works through items in their order, several at a time; the first failure ends it. Says how it goes. */
export async function inFlight<T>(
  what: string,
  items: readonly T[],
  work: (item: T, index: number) => Promise<unknown>,
): Promise<Pace> {
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  let next = 0
  let done = 0
  let failed = false
  const say = (): void => {
    const pace = (done / seconds()).toFixed(1)
    process.stderr.write(`${what}: ${done} of ${items.length}, ${pace} a second\n`)
  }
  const timer = setInterval(say, secondsBetweenLines * 1000)
  const clerk = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++
      try {
        await work(items[index]!, index)
      } catch (error) {
        failed = true
        throw new Error(`${what}, number ${index + 1}: ${String(error)}`, { cause: error })
      }
      done++
    }
  }
  try {
    const finished = await Promise.allSettled(Array.from({ length: atOnce }, clerk))
    for (const each of finished) if (each.status === 'rejected') throw each.reason
  } finally {
    clearInterval(timer)
  }
  if (items.length > 0) say()
  return { count: items.length, seconds: seconds() }
}

import { useEffect, useState } from 'react'

/** Milliseconds after the page came, and between two tries. */
const calm = 1500

/**
 * The module of a part that a page can do without at first: fetched once the page is at rest, so that it is there
 * when it is asked for.
 * @param load the same function at every call
 * @param wanted asked for already: fetched at once
 * @returns null until it is there; without network it is tried again
 */
export function useLoadedWhenCalm<M>(load: () => Promise<M>, wanted = false): M | null {
  const [loaded, setLoaded] = useState<M | null>(null)
  useEffect(() => {
    if (loaded !== null) return
    let timer: ReturnType<typeof setTimeout>
    const later = (delay: number) => {
      timer = setTimeout(() => {
        // What is fetched from here on is no part of the first load (test/e2e/shell.test.ts measures by it).
        performance.mark('calm')
        load().then(setLoaded, () => later(calm))
      }, delay)
    }
    later(wanted ? 0 : calm)
    return () => clearTimeout(timer)
  }, [load, wanted, loaded])
  return loaded
}

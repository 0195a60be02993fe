import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** So long (ms) a page may take to show its heading before the focus stays where it is. */
const patience = 3000

/**
 * After a navigation to another page the focus goes to its `h1`; a change of the search alone (a filter, a
 * tab) leaves it. Gives what is to be announced.
 */
export function useFocusAfterNavigation(): string {
  const router = useRouter()
  const [announced, setAnnounced] = useState('')
  useEffect(() => {
    let stop = () => {}
    const unsubscribe = router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
      if (!pathChanged || fromLocation === undefined) return
      stop()
      stop = onceShown(() => setAnnounced(document.title))
    })
    return () => {
      unsubscribe()
      stop()
    }
  }, [router])
  return announced
}

function onceShown(done: () => void): () => void {
  const focus = (): boolean => {
    const heading = document.querySelector<HTMLElement>('[data-page-title]')
    if (heading === null) return false
    // A field that took the focus by itself keeps it; a dialog too.
    if (
      document.activeElement === document.body ||
      !document.activeElement?.closest('main, [role="dialog"]')
    ) {
      heading.focus({ preventScroll: true })
    }
    done()
    return true
  }
  let frame = 0
  const until = performance.now() + patience
  const look = () => {
    if (!focus() && performance.now() < until) frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}

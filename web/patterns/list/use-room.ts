import { type RefObject, useLayoutEffect, useState } from 'react'

/** Beside a page on a desktop and on a tablet: navigation and margins. */
const beside = { desktop: 264, tablet: 88 }

/** How wide an element is; until it is drawn, how wide it most likely will be. */
export function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(
    () => window.innerWidth - (window.innerWidth >= 1200 ? beside.desktop : beside.tablet),
  )
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([seen]) => setRoom(Math.round(seen!.contentRect.width)))
    watch.observe(element.current!)
    return () => watch.disconnect()
  }, [element])
  return room
}

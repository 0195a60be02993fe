import { useLayoutEffect, useState } from 'react'

/**
 * For a dialog, or a bar with buttons, that is there only while it is open: when it goes, the focus returns to what
 * opened it; to the button of a menu whose item did, and to the heading of the page where that is gone as well.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => {
    const at = document.activeElement
    return { element: at, menu: at?.closest('[role="menu"]')?.id ?? null }
  })
  useLayoutEffect(
    () => () => {
      // What the dialog did to the page is drawn first.
      setTimeout(() => {
        const now = document.activeElement
        if (now !== null && now !== document.body && now.closest('[role="dialog"]') === null) return
        const button =
          opener.menu === null
            ? null
            : document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(opener.menu)}"]`)
        const { element } = opener
        const back = element instanceof HTMLElement && element.isConnected && element !== document.body
        const target = back ? element : (button ?? document.querySelector<HTMLElement>('[data-page-title]'))
        target?.focus()
      })
    },
    [opener],
  )
}

import { type RefObject, useEffect } from 'react'

/** What does not fit into its cell is told under the pointer; whoever hears the page hears all of it anyway. */
export function useWholeText(table: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = table
    current?.addEventListener('pointerover', tell)
    return () => current?.removeEventListener('pointerover', tell)
  }, [table])
}

function tell({ target }: Event): void {
  const cell = target instanceof Element ? target.closest('td') : null
  if (cell === null || cell.title !== '') return
  const parts = [cell, ...cell.querySelectorAll<HTMLElement>('[data-cut]')]
  if (parts.every((part) => part.scrollWidth <= part.clientWidth)) return
  const hidden = cell.querySelector('.visually-hidden')?.textContent ?? ''
  cell.title = (cell.textContent ?? '').replace(hidden, '').trim()
}

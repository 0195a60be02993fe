import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Drawer } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { inCompany } from '../links.tsx'

interface Props {
  readonly title: string
  /** Below the company. */
  readonly href: string
  readonly opened: boolean
  readonly onClose: () => void
  /** To the next row (1) or the one before (-1). */
  readonly onWalk: (by: 1 | -1) => void
  readonly children: ReactNode
}

/** Looks at a row without leaving the list; arrows walk on, Space or Esc closes. */
export function PeekDrawer({ title, href, opened, onClose, onWalk, children }: Props) {
  const { t } = useLingui()
  const inside = useRef<HTMLDivElement>(null)
  useWindowEvent('keydown', (event) => {
    const drawer = inside.current?.closest<HTMLElement>('[role="dialog"]') ?? null
    if (!opened || drawer === null || event.defaultPrevented || !isMeant(drawer, event)) return
    const walk = (by: 1 | -1) => {
      onWalk(by)
      // What had the focus goes with the row.
      drawer.focus()
    }
    const target = event.target as HTMLElement
    const inControl = target.closest('a, button, input') !== null
    // What a button has opened is closed first.
    if (event.key === 'Escape' && target.closest('[aria-expanded="true"]') !== null) return
    if (event.key === 'ArrowDown' || event.key === 'j') walk(1)
    else if (event.key === 'ArrowUp' || event.key === 'k') walk(-1)
    else if (event.key === 'Escape' || (event.key === ' ' && !inControl)) onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={560}
      title={title}
      closeButtonProps={{ 'aria-label': t`Close` }}
      overlayProps={{ backgroundOpacity: 0.2 }}
      closeOnEscape={false}
      returnFocus={false}
    >
      <div ref={inside}>
        {children}
        <Button component={Link} to={inCompany(href)} mt="lg">
          <Trans>Open</Trans>
        </Button>
      </div>
    </Drawer>
  )
}

/**
 * Whether a key is for the drawer: not for a dialog, menu or explanation that stands over it. A button that went when
 * its action was done leaves the focus to nobody.
 */
function isMeant(drawer: HTMLElement, event: KeyboardEvent): boolean {
  const over = [...document.querySelectorAll('[role="dialog"][aria-modal="true"], [role="menu"]')].at(-1)
  return over === drawer && (event.target === document.body || drawer.contains(event.target as Node))
}

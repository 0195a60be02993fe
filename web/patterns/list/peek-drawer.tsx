import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode } from 'react'
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
  const keyDown = (event: KeyboardEvent) => {
    const inControl = (event.target as HTMLElement).closest('a, button, input, [role=menu]') !== null
    if (event.key === 'ArrowDown' || event.key === 'j') onWalk(1)
    else if (event.key === 'ArrowUp' || event.key === 'k') onWalk(-1)
    else if (event.key === ' ' && !inControl) onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={560}
      title={title}
      closeButtonProps={{ 'aria-label': t`Close` }}
      overlayProps={{ backgroundOpacity: 0.2 }}
      onKeyDown={keyDown}
      returnFocus={false}
    >
      {children}
      <Button component={Link} to={inCompany(href)} mt="lg">
        <Trans>Open</Trans>
      </Button>
    </Drawer>
  )
}

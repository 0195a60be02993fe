import { Anchor } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { notify } from '../../ui/notify.tsx'
import { inCompany } from '../links.tsx'

interface Way {
  readonly label: string
  /** Below the company. */
  readonly href: string
}

/**
 * Tells that something was done, with a link to what came of it and the way to undo it: a dialog of its page, for that
 * wants a reason. Notices stand outside of the router.
 */
export function useNotice() {
  const router = useRouter()
  return (message: ReactNode, link?: Way, undo?: Way | null) => {
    if (link === undefined) return notify.done(message)
    const to = inCompany(link.href)
    notify.done(
      <>
        {message}{' '}
        <Anchor
          href={to}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            void router.navigate({ to })
          }}
        >
          {link.label}
        </Anchor>
      </>,
      undefined,
      undo ? { label: undo.label, run: () => void router.navigate({ to: inCompany(undo.href) }) } : undefined,
    )
  }
}

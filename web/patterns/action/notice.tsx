import { Anchor } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { notify } from '../../ui/notify.tsx'
import { inCompany } from '../links.tsx'

/** Tells that something was done, with a link to what came of it. Notices stand outside of the router. */
export function useNotice() {
  const router = useRouter()
  return (message: ReactNode, link?: { readonly label: string; readonly href: string }) => {
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
    )
  }
}

import { Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { meQuery } from '../api/index.ts'
import { rememberOpened } from './recent.ts'

interface Props {
  /** In the browser's tab; also the heading unless `children` say otherwise. */
  readonly title: string
  readonly children?: ReactNode
  /** Something here is not saved: a dot in the tab. */
  readonly unsaved?: boolean
  readonly className?: string
}

/** The heading that is just being taken away had the focus: what stands in its place gets it. */
let focusLeft = false

/**
 * The one `h1` of a page. It names the tab ('SO-2026-0042 Draft · Crimson') and takes the focus after a
 * navigation, so that a screen reader says where one is.
 */
export function PageTitle({ title, children, unsaved = false, className }: Props) {
  const client = useQueryClient()
  useEffect(() => {
    const company = client.getQueryData(meQuery().queryKey)?.company.name
    const parts = [title, company ?? 'Zapas'].filter((part) => part !== '')
    document.title = (unsaved ? '• ' : '') + parts.join(' · ')
    rememberOpened(location.pathname, title)
  }, [client, title, unsaved])
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    const own = heading.current
    if (focusLeft) own?.focus({ preventScroll: true })
    focusLeft = false
    return () => {
      if (own === null || document.activeElement !== own) return
      // The skeleton of a page gives way to the page in one step.
      focusLeft = true
      setTimeout(() => (focusLeft = false))
    }
  }, [])
  return (
    <Title ref={heading} order={1} size="h2" tabIndex={-1} data-page-title className={className}>
      {children ?? title}
    </Title>
  )
}

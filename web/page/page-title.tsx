import { Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
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
  return (
    <Title order={1} size="h2" tabIndex={-1} data-page-title className={className}>
      {children ?? title}
    </Title>
  )
}

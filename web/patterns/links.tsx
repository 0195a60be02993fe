import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AnyKind } from '../../src/kinds.ts'
import { currentCompany } from '../api/index.ts'
import { pathOfKind } from '../ui/kinds.ts'

/** The whole address of a page of this company, or of another one. */
export function inCompany(href: string, company: string | null = currentCompany()): string {
  return `/c/${company ?? ''}${href}`
}

/** The address of a document below the company. */
export function documentHref(kind: AnyKind, id: string): string {
  return `/${pathOfKind(kind)}/${id}`
}

interface Props extends AnchorProps {
  /** Below the company: `/sales-orders/…`. */
  readonly href: string
  readonly children: ReactNode
  readonly onClick?: () => void
  readonly 'aria-label'?: string
}

/** A link inside the company; fetched when it is pointed at. */
export function PageLink({ href, ...rest }: Props) {
  return <Anchor component={Link} to={inCompany(href)} size="inherit" {...rest} />
}

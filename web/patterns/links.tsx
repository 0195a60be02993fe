import { Anchor, type AnchorProps, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type AnyKind, permissionFor } from '../../src/kinds.ts'
import type { Permission } from '../../src/permissions.ts'
import { currentCompany } from '../api/index.ts'
import { usePermissions } from '../session/index.ts'
import { kindOfPath, pathOfKind } from '../ui/kinds.ts'

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

/** Records that other records name. */
const readers: Readonly<Record<string, Permission>> = {
  products: 'products:read',
  parties: 'parties:read',
  warehouses: 'warehouses:read',
  lots: 'lots:read',
  'price-books': 'price-books:read',
}

/** What one has to be allowed for a page to be of use; null: what everybody is, or a page asks for itself. */
function readerOf(href: string): Permission | null {
  const place = href.split(/[/?]/)[1] ?? ''
  const kind = kindOfPath(place)
  return kind === null ? (readers[place] ?? null) : permissionFor(kind, 'read')
}

/** A link inside the company; fetched when it is pointed at. For whom it would lead nowhere it is plain text. */
export function PageLink({ href, ...rest }: Props) {
  const { may } = usePermissions()
  const permission = readerOf(href)
  if (permission !== null && !may(permission)) {
    const { onClick: _onClick, 'aria-label': _label, underline: _underline, ...text } = rest
    return <Text span size="inherit" {...text} />
  }
  return <Anchor component={Link} to={inCompany(href)} size="inherit" {...rest} />
}

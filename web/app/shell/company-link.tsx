import { Link, type LinkProps, useParams } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

interface Props extends Omit<ComponentProps<'a'>, 'href'> {
  /** Below the company, may hold a search: `/sales-orders?view=late`; '' for its start page. */
  readonly path: string
  /** Current only on this very address. */
  readonly exact?: boolean
  readonly children?: ReactNode
}

/** A link within the company of the address. */
export function CompanyLink({ path, exact = false, ...rest }: Props) {
  const { slug = '' } = useParams({ strict: false })
  const to = { to: `/c/${slug}${path}` } as LinkProps
  return <Link {...to} activeOptions={{ exact, includeSearch: false }} {...rest} />
}

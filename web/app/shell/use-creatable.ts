import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useRouter } from '@tanstack/react-router'
import { usePermissions } from '../../session/index.ts'
import { allKinds, kindWords, madeByHand, pathOfKind } from '../../ui/kinds.ts'

export interface Creatable {
  readonly path: string
  readonly label: MessageDescriptor
}

/** What this person may make by hand and there is a form for. */
export function useCreatable(): readonly Creatable[] {
  const { may, mayDo } = usePermissions()
  const { routesByPath } = useRouter()
  const documents = allKinds
    .filter((kind) => madeByHand(kind) && mayDo(kind, 'write'))
    .map((kind) => ({ path: `/${pathOfKind(kind)}/new`, label: kindWords[kind].create }))
  const others = [
    { path: '/products/new', label: msg`New product`, permission: 'products:write' },
    { path: '/customers/new', label: msg`New customer`, permission: 'parties:write' },
    { path: '/vendors/new', label: msg`New vendor`, permission: 'parties:write' },
  ] as const
  const known = Object.keys(routesByPath)
  return [
    ...documents,
    ...others.filter(({ path, permission }) => may(permission) && known.includes(`/c/$slug${path}`)),
  ]
}

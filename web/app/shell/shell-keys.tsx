import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type PageAction, handleKey, useShortcut, useShownActions } from '../../page/index.ts'
import type { ShortcutName } from '../../ui/shortcuts.ts'
import { shell } from './shell-store.ts'
import { useCreatable } from './use-creatable.ts'
import { useNavigation } from './use-navigation.ts'

/** The keys that hold on every page, and those of the page's own actions. Draws nothing. */
export function ShellKeys() {
  const creatable = useCreatable()
  const { groups } = useNavigation()
  const actions = useShownActions()
  useEffect(() => {
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [])
  useShortcut('palette', shell.openPalette)
  useShortcut('help', shell.openHelp)
  const pages = groups.flatMap(({ items }) => items.map(({ path }) => path))
  const goes = ['sales-orders', 'delivery-notes', 'invoices', 'purchase-orders', 'receipt-notes'] as const
  const creates = {
    'sales-order': '/sales-orders',
    'purchase-order': '/purchase-orders',
    invoice: '/invoices',
  }
  return (
    <>
      <GoKey name="go-home" path="" />
      {goes
        .filter((list) => pages.includes(`/${list}`))
        .map((list) => (
          <GoKey key={list} name={`go-${list}`} path={`/${list}`} />
        ))}
      {pages.includes('/stock/levels') && <GoKey name="go-stock" path="/stock/levels" />}
      {(Object.keys(creates) as (keyof typeof creates)[])
        .filter((kind) => creatable.some(({ path }) => path === `${creates[kind]}/new`))
        .map((kind) => (
          <GoKey key={kind} name={`create-${kind}`} path={`${creates[kind]}/new`} />
        ))}
      {actions
        .filter(({ shortcut, allowed }) => shortcut !== undefined && allowed !== false)
        .map((action) => (
          <ActionKey key={action.id} action={action} />
        ))}
    </>
  )
}

function GoKey({ name, path }: { readonly name: ShortcutName; readonly path: string }) {
  const { slug = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  useShortcut(name, () => void navigate({ href: `/c/${slug}${path}` }))
  return null
}

function ActionKey({ action }: { readonly action: PageAction }) {
  useShortcut(action.shortcut ?? 'primary', action.run)
  return null
}

import { useLingui } from '@lingui/react/macro'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import {
  type Ref,
  Suspense,
  lazy,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { type AnyKind, kinds, permissionFor, titles } from '../../../src/kinds.ts'
import type { OfferedAction } from '../../../src/offered-actions.ts'
import { chainQuery, documentQuery } from '../../api/index.ts'
import { withTexts } from '../../i18n/index.ts'
import { type LoaderInput, NotFoundPage, useLoadedWhenCalm } from '../../page/index.ts'
import {
  type DocumentAction,
  DocumentError,
  DocumentPage,
  DocumentSkeleton,
  useDocument,
  useReason,
} from '../../patterns/index.ts'
import { CustomerPanel } from '../../patterns/portal/customer-panel.tsx'
import { useCompany, usePermissions, useToday } from '../../session/index.ts'
import { kindOfPath, kindWords, pathOfKind } from '../../ui/kinds.ts'
import { lifecycleStatus } from '../../ui/status.ts'
import type { AnyDocument } from './actions/dialog.tsx'
import { permissionOf } from './actions/permissions.ts'
import { actionsOf } from './actions/words.ts'
import { viewOf } from './document/view.tsx'
import { Schedules, isRepeated } from './schedules.tsx'

// A part that few documents show; its texts come with it.
const ApprovalBanner = lazy(withTexts('approvals', () => import('../approvals/banner.tsx')))
const loadDialogs = () => import('./actions/any-dialog.tsx')

type Data = AnyDocument & { readonly actions: readonly OfferedAction[] }

/** Starts the questions while the page's code is on its way. */
export function loader({ client, params }: LoaderInput): void {
  const kind = kindOfPath(params['list'] ?? '')
  const { id } = params
  if (kind === null || id === undefined) return
  void client.prefetchQuery(documentQuery(pathOfKind(kind), id))
  void client.prefetchQuery(chainQuery(id))
}

/** A document of any kind. */
export default function Document() {
  const { list, id } = useParams({ strict: false })
  const kind = kindOfPath(list ?? '')
  if (kind === null || id === undefined) return <NotFoundPage />
  return <One key={id} kind={kind} id={id} />
}

function One({ kind, id }: { readonly kind: AnyKind; readonly id: string }) {
  const { i18n } = useLingui()
  const dialogs = useRef<Dialogs>(null)
  const act = useCallback((name: string) => dialogs.current?.open(name), [])
  const { document, error, retry, show } = useDocument(pathOfKind(kind), id)
  const data = document as unknown as Data | null
  const actions = useActions(kind, data)
  useAskedAction(actions, data !== null, act)
  if (error !== null) return <DocumentError error={error} retry={retry} />
  if (data === null) return <DocumentSkeleton title={i18n._(kindWords[kind].one)} />
  return (
    <>
      {data.actions.some(({ name }) => name === 'ask-for-approval') && (
        <Suspense fallback={null}>
          <ApprovalBanner kind={kind} document={data} onAsk={() => act('ask-for-approval')} />
        </Suspense>
      )}
      <Page kind={kind} data={data} actions={actions} onAction={act} onNews={show} />
      <OpenDialog ref={dialogs} kind={kind} data={data} />
    </>
  )
}

interface PageProps {
  readonly kind: AnyKind
  readonly data: Data
  readonly actions: readonly DocumentAction[]
  readonly onAction: (name: string) => void
  readonly onNews: (() => void) | null
}

function Page({ kind, data, actions, onAction, onNews }: PageProps) {
  const company = useCompany()
  const { may } = usePermissions()
  const view = viewOf(kind, data, company)
  return (
    <DocumentPage
      view={{
        ...view,
        extra: (
          <>
            {view.extra}
            {isRepeated(kind) && may('recurring:read') && <Schedules id={data.id} />}
            <CustomerPanel kind={kind} id={data.id} state={data.state} />
          </>
        ),
      }}
      actions={actions}
      onAction={onAction}
      onNews={onNews}
    />
  )
}

interface Dialogs {
  open(name: string): void
}

interface OpenProps {
  readonly ref: Ref<Dialogs>
  readonly kind: AnyKind
  readonly data: Data
}

/** The dialog of the action that was chosen. Which one it is stands in here, so that the page is not drawn anew. */
function OpenDialog({ ref, kind, data }: OpenProps) {
  const [acting, setActing] = useState<string | null>(null)
  const dialogs = useLoadedWhenCalm(loadDialogs, acting !== null)
  useImperativeHandle(ref, () => ({ open: setActing }), [])
  if (acting === null || dialogs === null) return null
  return <dialogs.AnyDialog kind={kind} document={data} name={acting} onClose={() => setActing(null)} />
}

const asksFor: ReadonlySet<string> = new Set(['confirm', 'post', 'reverse', 'cancel'])

/**
 * `?action=confirm` or `post`, where 'Save and confirm' of a form leads, `reverse` or `cancel`, where the notice of what was
 * just done leads: shows what it would do. Taken out of the
 * address at once, so that the way back does not ask again; what the state has overtaken is left out.
 */
function useAskedAction(
  actions: readonly DocumentAction[],
  loaded: boolean,
  act: (name: string) => void,
): void {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const { action: asked } = search
  const found = actions.find(({ name }) => name === asked)
  const sensible = found !== undefined && !found.later
  useEffect(() => {
    if (!loaded || typeof asked !== 'string' || !asksFor.has(asked)) return
    if (sensible) act(asked)
    void navigate({ to: '.', search: {} as never, replace: true, resetScroll: false })
  }, [asked, loaded, sensible, act, navigate])
}

/** What the API offers, in the order and words of the kind; what the role may never do is left out. */
function useActions(kind: AnyKind, document: Data | null): readonly DocumentAction[] {
  const { i18n, t } = useLingui()
  const { may } = usePermissions()
  const reason = useReason()
  const today = useToday()
  if (document === null) return []
  const offered = actionsOf(kind).flatMap((action): DocumentAction[] => {
    const found = document.actions.find((each) => each.name === (action.of ?? action.name))
    if (found === undefined || !may(permissionOf(kind, action.name))) return []
    if (action.of !== undefined && !found.allowed) return []
    // What was asked for, or given, the page says above.
    if (action.name === 'ask-for-approval' && !found.allowed) return []
    const status = lifecycleStatus(kind, document.state)
    const state = status === null ? document.state : i18n._(status.label)
    const later = found.reason?.code === 'wrong-state'
    return [
      {
        name: action.name,
        label: i18n._(action.label),
        allowed: found.allowed,
        reason:
          found.reason === null
            ? null
            : later
              ? t`Not possible while it is in the state: ${state}`
              : reason(found.reason.message),
        ...(found.reason !== null && { links: found.reason.links }),
        later,
        main: action.main ?? false,
        danger: action.danger ?? false,
        ...(action.name === 'edit' && {
          href: `/${titles[kind].path}/${document.id}/edit`,
          shortcut: 'edit',
        }),
      },
    ]
  })
  // Reservations are held, not handed over.
  if (kind === 'stock-reservation') return offered
  const print = { allowed: true, reason: null, later: false, main: false, danger: false }
  return [
    ...offered,
    { ...print, name: 'print', label: t`Print` },
    ...(kind === 'receipt-note' && document.state !== 'reversed' && may('products:read')
      ? [{ ...print, name: 'labels', label: t`Print labels` }]
      : []),
    ...(mayBeSent(kind, document.state) && may(permissionFor(kind, 'write'))
      ? [{ ...print, name: 'send', label: t`Send by mail` }]
      : []),
    ...(isRepeated(kind) && may(permissionFor(kind, 'write'))
      ? [{ ...print, name: 'copy', label: t`Copy` }]
      : []),
    ...(isRepeated(kind) && may(permissionFor(kind, 'write')) && may('recurring:write')
      ? [{ ...print, name: 'repeat', label: t`Repeat…` }]
      : []),
    ...(isOverdue(kind, document, today) && may('invoice:write')
      ? [{ ...print, name: 'remind', label: t`Send a reminder` }]
      : []),
  ]
}

/** What belongs to a customer or vendor and counts; a draft order is sent as a quotation. */
function mayBeSent(kind: AnyKind, state: string): boolean {
  if (kind === 'stock-reservation') return false
  if (kind !== 'payment' && kinds[kind].side === null) return false
  return !['draft', 'cancelled', 'reversed'].includes(state) || (kind === 'sales-order' && state === 'draft')
}

function isOverdue(kind: AnyKind, document: AnyDocument, today: string): boolean {
  if (kind !== 'invoice') return false
  const { state, dueDate, openAmount } = document as Partial<
    Record<'state' | 'dueDate' | 'openAmount', string>
  >
  return state === 'posted' && dueDate !== undefined && dueDate < today && Number(openAmount) > 0
}

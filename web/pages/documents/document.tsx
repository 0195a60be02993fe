import { useLingui } from '@lingui/react/macro'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, lazy, useCallback, useEffect, useRef } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import { chainQuery, documentQuery } from '../../api/index.ts'
import { withTexts } from '../../i18n/index.ts'
import { type LoaderInput, NotFoundPage } from '../../page/index.ts'
import {
  type DocumentAction,
  DocumentError,
  DocumentPage,
  DocumentSkeleton,
  useDocument,
} from '../../patterns/index.ts'
import { CustomerPanel } from '../../patterns/portal/customer-panel.tsx'
import { useCompany, usePermissions } from '../../session/index.ts'
import { kindOfPath, kindWords, pathOfKind } from '../../ui/kinds.ts'
import { type Dialogs, OpenDialog } from './actions/open-dialog.tsx'
import { type OfferingDocument, useActions } from './actions/use-actions.ts'
import { viewOf } from './document/view.tsx'
import { Schedules, isRepeated } from './schedules.tsx'

// A part that few documents show; its texts come with it.
const ApprovalBanner = lazy(withTexts('approvals', () => import('../approvals/banner.tsx')))

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
  const data = document as unknown as OfferingDocument | null
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
  readonly data: OfferingDocument
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

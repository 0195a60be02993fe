import { useLingui } from '@lingui/react/macro'
import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { AnyKind } from '../../../../src/kinds.ts'
import { documentQuery } from '../../../api/index.ts'
import {
  ActionButtons,
  ChainList,
  Facts,
  HeadLine,
  LinesTable,
  Meters,
  TotalsBox,
} from '../../../patterns/index.ts'
import { useCompany } from '../../../session/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { type Dialogs, OpenDialog } from '../actions/open-dialog.tsx'
import { type OfferingDocument, useActions } from '../actions/use-actions.ts'
import { viewOf } from './view.tsx'

/** What a list shows of a document without leaving it, with what can be done: in the same dialogs as on its page. */
export function DocumentPeek({ kind, id }: { readonly kind: AnyKind; readonly id: string }) {
  const { t } = useLingui()
  const company = useCompany()
  const dialogs = useRef<Dialogs>(null)
  const { data, error } = useQuery(documentQuery(pathOfKind(kind), id))
  const document = (data ?? null) as unknown as OfferingDocument | null
  const actions = useActions(kind, document)
  if (error !== null) return <p role="alert">{error.message}</p>
  if (document === null) return <Skeleton height={160} aria-label={t`Loading`} />
  const view = viewOf(kind, data, company)
  return (
    <Stack>
      <span>
        <StatusBadge kind={kind} state={view.state} /> {view.badges}
      </span>
      <HeadLine view={view} />
      <ActionButtons actions={actions} onAction={(name) => dialogs.current?.open(name)} />
      <Meters id={id} meters={view.meters} currency={view.total?.currency ?? company.currency} />
      <Facts view={view} />
      {view.lines !== null && <LinesTable table={view.lines} />}
      <TotalsBox id={id} totals={view.totals} />
      <ChainList id={id} />
      <OpenDialog ref={dialogs} kind={kind} data={document} />
    </Stack>
  )
}

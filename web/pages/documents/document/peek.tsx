import { useLingui } from '@lingui/react/macro'
import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AnyKind } from '../../../../src/kinds.ts'
import { documentQuery } from '../../../api/index.ts'
import { ChainList, Facts, LinesTable, Meters, TotalsBox } from '../../../patterns/index.ts'
import { useCompany } from '../../../session/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { viewOf } from './view.tsx'

/** What a list shows of a document without leaving it. */
export function DocumentPeek({ kind, id }: { readonly kind: AnyKind; readonly id: string }) {
  const { t } = useLingui()
  const company = useCompany()
  const { data, error } = useQuery(documentQuery(pathOfKind(kind), id))
  if (error !== null) return <p role="alert">{error.message}</p>
  if (data === undefined) return <Skeleton height={160} aria-label={t`Loading`} />
  const view = viewOf(kind, data, company)
  return (
    <Stack>
      <span>
        <StatusBadge kind={kind} state={view.state} /> {view.badges}
      </span>
      <Meters id={id} meters={view.meters} currency={view.total?.currency ?? company.currency} />
      <Facts view={view} />
      {view.lines !== null && <LinesTable table={view.lines} />}
      <TotalsBox id={id} totals={view.totals} />
      <ChainList id={id} />
    </Stack>
  )
}

import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AnyKind } from '../../../../src/kinds.ts'
import { documentQuery } from '../../../api/index.ts'
import { ReasonsOfTotal } from '../../../patterns/index.ts'
import { WhyLoading } from '../../../patterns/why-sum.tsx'
import { useCompany } from '../../../session/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import { viewOf } from './view.tsx'

interface Props {
  readonly kind: AnyKind
  readonly id: string
  /** Id of the row of its totals. */
  readonly figure: string
}

/** What an amount of a document consists of, as its page says it. */
export default function DocumentReasons({ kind, id, figure }: Props) {
  const company = useCompany()
  const { data, error } = useQuery(documentQuery(pathOfKind(kind), id))
  if (error !== null) return <Text size="sm">{error.message}</Text>
  if (data === undefined) return <WhyLoading />
  const row = viewOf(kind, data, company).totals.find((each) => each.id === figure)
  return row === undefined ? null : <ReasonsOfTotal id={id} row={row} />
}

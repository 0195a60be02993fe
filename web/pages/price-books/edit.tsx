import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useId } from 'react'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { pricesQuery } from './book.ts'
import { PriceBookForm } from './price-book-form.tsx'

export default function EditPriceBook() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const book = useRecordOnce('price-books', id)
  const visit = useId()
  // Read anew and once, like the book itself.
  const prices = useQuery({
    queryKey: ['record-form', 'prices', id, visit],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: pricesQuery(id).queryFn,
  })
  if (book.data === undefined || prices.data === undefined)
    return (
      <RecordLoading
        title={t`Price book`}
        error={book.error ?? prices.error}
        retry={() => void Promise.all([book.refetch(), prices.refetch()])}
      />
    )
  return <PriceBookForm key={id} book={book.data} prices={prices.data.items} />
}

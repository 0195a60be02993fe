import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Form } from '../../../src/printing/print-model.ts'
import { type Resource, callFile, dataKey, isProblem } from '../../api/index.ts'

/** Milliseconds of rest before the document is printed anew. */
const pause = 350

export interface TemplateFault {
  readonly message: string
  /** From 1; null when it is not in the template itself. */
  readonly line: number | null
}

/** Where documents of a form are found; null: a customer, a product. */
export function resourceOf(form: Form): Resource | null {
  if (form === 'statement' || form === 'product-label') return null
  if (form === 'quotation') return 'sales-orders'
  if (form === 'pick-list') return 'delivery-notes'
  if (form === 'count-sheet') return 'stock-counts'
  return `${form}s` as Resource
}

interface Asked {
  readonly form: Form
  readonly language: string
  readonly documentId: string | null
  readonly source: string
}

/** The document as the text that stands there would print it, a moment after the last key. */
export function usePreviewPdf({ form, language, documentId, source }: Asked) {
  const [rested] = useDebouncedValue(source, pause)
  const { data, error, isFetching } = useQuery({
    queryKey: dataKey('template-preview', form, language, documentId, rested),
    enabled: documentId !== null,
    staleTime: Number.POSITIVE_INFINITY,
    // Of every text that was typed one file would stay.
    gcTime: 10_000,
    retry: false,
    queryFn: ({ signal }) =>
      callFile(`/templates/${form}/try`, {
        method: 'POST',
        body: { source: rested, documentId, ...(language !== 'any' && { language }) },
        signal,
      }),
  })
  // A text that cannot be printed leaves the last one that could on the screen.
  const [last, setLast] = useState<Blob | null>(null)
  if (data !== undefined && data !== last) setLast(data)
  return {
    file: data ?? last,
    // Of the text before the last keys nothing is said any more.
    faults: rested === source ? faultsOf(error) : [],
    failure: error !== null && faultsOf(error).length === 0 ? error.message : null,
    busy: isFetching || rested !== source,
  }
}

function faultsOf(error: Error | null): readonly TemplateFault[] {
  if (!isProblem(error, 422)) return []
  const { faults } = error.facts as { faults?: readonly TemplateFault[] }
  return faults ?? [{ message: error.message, line: null }]
}

import { Skeleton } from '@mantine/core'
import { Suspense, lazy } from 'react'
import type { PdfProps } from './pdf-view.tsx'

/** What draws pages is large: it comes when the first PDF is looked at. */
const View = lazy(() => import('./pdf-view.tsx'))

/** The pages of a PDF as pictures. The file stays on the screen until another one is drawn. */
export function PdfView(props: PdfProps) {
  return (
    <Suspense fallback={<Skeleton height={420} />}>
      <View {...props} />
    </Suspense>
  )
}

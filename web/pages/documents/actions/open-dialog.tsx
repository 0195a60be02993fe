import { type Ref, useImperativeHandle, useState } from 'react'
import type { AnyKind } from '../../../../src/kinds.ts'
import { useLoadedWhenCalm } from '../../../page/index.ts'
import type { AnyDocument } from './dialog.tsx'

const loadDialogs = () => import('./any-dialog.tsx')

export interface Dialogs {
  open(name: string): void
}

interface OpenProps {
  readonly ref: Ref<Dialogs>
  readonly kind: AnyKind
  readonly data: AnyDocument
}

/** The dialog of the action that was chosen. Which one it is stands in here, so that the page is not drawn anew. */
export function OpenDialog({ ref, kind, data }: OpenProps) {
  const [acting, setActing] = useState<string | null>(null)
  const dialogs = useLoadedWhenCalm(loadDialogs, acting !== null)
  useImperativeHandle(ref, () => ({ open: setActing }), [])
  if (acting === null || dialogs === null) return null
  return <dialogs.AnyDialog kind={kind} document={data} name={acting} onClose={() => setActing(null)} />
}

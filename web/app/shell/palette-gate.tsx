import { Suspense, lazy } from 'react'
import { useLoadedWhenCalm } from '../../page/index.ts'
import { useOpenParts } from './shell-store.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(loadPalette)
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))

export function PaletteGate() {
  // Before it is asked for, so that it opens at once and takes the first key.
  useLoadedWhenCalm(loadPalette)
  const { palette, help } = useOpenParts()
  return (
    <Suspense fallback={null}>
      {palette > 0 && <Palette wish={palette} />}
      {help && <ShortcutSheet />}
    </Suspense>
  )
}

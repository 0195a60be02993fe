import { Suspense, lazy } from 'react'
import { useOpenParts } from './shell-store.ts'

// Their code comes when they are asked for first.
const Palette = lazy(() => import('./palette.tsx'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))

export function PaletteGate() {
  const { palette, help } = useOpenParts()
  return (
    <Suspense fallback={null}>
      {palette > 0 && <Palette wish={palette} />}
      {help && <ShortcutSheet />}
    </Suspense>
  )
}

import { Suspense, lazy, useEffect } from 'react'
import { useOpenParts } from './shell-store.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(loadPalette)
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))

/** Milliseconds after which the palette's code is fetched, so that it opens at once and takes the first key. */
const calm = 1500

export function PaletteGate() {
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), calm)
    return () => clearTimeout(timer)
  }, [])
  const { palette, help } = useOpenParts()
  return (
    <Suspense fallback={null}>
      {palette > 0 && <Palette wish={palette} />}
      {help && <ShortcutSheet />}
    </Suspense>
  )
}

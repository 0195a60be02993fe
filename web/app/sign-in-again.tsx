import { useQueryClient } from '@tanstack/react-query'
import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import { onLostSession } from '../api/index.ts'

const Dialog = lazy(() => import('./sign-in-again-dialog.tsx'))

/** Over whatever page is shown: signs in again, then what was asked is asked once more. Nothing typed is lost. */
export function SignInAgain() {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    onLostSession(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve)
          setOpen(true)
        }),
    )
    return () => onLostSession(null)
  }, [])
  const done = () => {
    setOpen(false)
    for (const go of waiting.current.splice(0)) go()
    void client.invalidateQueries()
  }
  return <Suspense fallback={null}>{open && <Dialog onSignedIn={done} />}</Suspense>
}

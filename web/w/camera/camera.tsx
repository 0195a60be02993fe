import { Trans, useLingui } from '@lingui/react/macro'
import { IconBulb } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { scans } from '../scan/scanner.ts'
import { Button } from '../ui/button.tsx'
import classes from '../ui/w.module.css'
import { makeDetector } from './detector.ts'
import { Repeats } from './repeats.ts'

type Trouble = 'insecure' | 'refused' | 'none' | 'broken'
/** Between two looks, in ms; reading takes 20 to 60 on a phone. */
const pause = 80

/** Reads codes as long as it is open. Loaded when it is first asked for. */
export default function Camera() {
  const { t } = useLingui()
  const video = useRef<HTMLVideoElement>(null)
  const track = useRef<MediaStreamTrack | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [torch, setTorch] = useState<boolean | null>(null)
  useEffect(() => {
    const life = new AbortController()
    void watch(video.current!, life.signal, (found) => {
      track.current = found
      setTorch('torch' in found.getCapabilities() ? false : null)
    }).then(
      (ended) => setTrouble(ended),
      () => setTrouble('broken'),
    )
    return () => life.abort()
  }, [])
  const light = async () => {
    const on = torch !== true
    await track.current?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
    setTorch(on)
  }
  if (trouble !== null)
    return (
      <p className={classes.card} data-tone="warn" role="alert">
        {trouble === 'insecure' ? (
          <Trans>
            The camera works over https only. Open Zapas with an address that begins with https://.
          </Trans>
        ) : trouble === 'refused' ? (
          <Trans>The camera is not allowed. Allow it for this page in the browser, then try again.</Trans>
        ) : trouble === 'none' ? (
          <Trans>This device has no camera.</Trans>
        ) : (
          <Trans>The camera does not work right now. Type the code or use a scanner.</Trans>
        )}
      </p>
    )
  return (
    <div className={classes.stack}>
      <video ref={video} className={classes.video} muted playsInline aria-label={t`Camera picture`} />
      {torch !== null && (
        <Button pressed={torch} onClick={() => void light()}>
          <IconBulb size={24} aria-hidden />
          <Trans context="lamp of the phone">Light</Trans>
        </Button>
      )}
    </div>
  )
}

/** Looks until it is told to stop (then null), or says why it cannot. */
async function watch(
  video: HTMLVideoElement,
  signal: AbortSignal,
  opened: (track: MediaStreamTrack) => void,
): Promise<Trouble | null> {
  if (!isSecureContext || navigator.mediaDevices === undefined) return 'insecure'
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    return name === 'NotAllowedError' ? 'refused' : name === 'NotFoundError' ? 'none' : 'broken'
  }
  try {
    if (signal.aborted) return null
    opened(stream.getVideoTracks()[0]!)
    video.srcObject = stream
    const [detector] = await Promise.all([makeDetector(), video.play()])
    const repeats = new Repeats()
    while (!signal.aborted) {
      for (const { rawValue } of await detector.detect(video))
        if (rawValue !== '' && repeats.isNew(rawValue, Date.now())) scans.take(rawValue)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return null
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

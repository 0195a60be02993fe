import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { makeDetector } from './detector.ts'
import { Repeats } from './repeats.ts'

/** Why a camera shows nothing: the page is no https, it was not allowed, there is none, or it fails. */
export type Trouble = 'insecure' | 'refused' | 'none' | 'broken'
/** Between two looks, in ms; reading takes 20 to 60 on a phone. */
const pause = 80

interface Camera {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly trouble: Trouble | null
  /** Whether the lamp is lit; null where there is none. */
  readonly torch: boolean | null
  readonly light: () => Promise<void>
}

/** Reads codes as long as the component is shown. @param take is given each code once while it stays before the camera */
export function useCamera(take: (code: string) => void): Camera {
  const video = useRef<HTMLVideoElement>(null)
  const track = useRef<MediaStreamTrack | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [torch, setTorch] = useState<boolean | null>(null)
  const taken = useEffectEvent(take)
  useEffect(() => {
    const life = new AbortController()
    const opened = (found: MediaStreamTrack) => {
      track.current = found
      setTorch('torch' in found.getCapabilities() ? false : null)
    }
    void watch(video.current!, life.signal, opened, (code) => taken(code)).then(
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
  return { video, trouble, torch, light }
}

/** Looks until it is told to stop (then null), or says why it cannot. */
async function watch(
  video: HTMLVideoElement,
  signal: AbortSignal,
  opened: (track: MediaStreamTrack) => void,
  take: (code: string) => void,
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
        if (rawValue !== '' && repeats.isNew(rawValue, Date.now())) take(rawValue)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return null
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

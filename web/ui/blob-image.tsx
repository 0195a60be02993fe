import { useEffect, useRef } from 'react'

interface Props {
  readonly blob: Blob
  readonly alt: string
  readonly className?: string | undefined
}

/** A picture that was fetched as a file. Nothing in it runs: it is no more than an image. */
export function BlobImage({ blob, alt, className }: Props) {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const address = URL.createObjectURL(blob)
    if (image.current !== null) image.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [blob])
  return <img ref={image} alt={alt} className={className} />
}

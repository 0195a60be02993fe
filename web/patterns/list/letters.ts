/** How wide texts of a list are drawn, in pixels. */
export interface Letters {
  /** 1 where letters have the size that most people have set. */
  readonly scale: number
  readonly head: (text: string) => number
  readonly cell: (text: string) => number
}

let measured: Letters | null = null

/** As this page draws them: its fonts and sizes are the machine's. */
export function lettersOfPage(): Letters {
  return (measured ??= measure())
}

function measure(): Letters {
  const usualSize = 16
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || usualSize
  const family = getComputedStyle(document.body).fontFamily
  const canvas = document.createElement('canvas').getContext('2d')!
  const widthIn = (weight: number, size: number) => {
    const font = `${weight} ${root * size}px ${family}`
    return (text: string) => {
      canvas.font = font
      return canvas.measureText(text).width
    }
  }
  return { scale: root / usualSize, head: widthIn(600, 0.8125), cell: widthIn(400, 0.875) }
}

import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** What the goods of a warehouse carry. */
const formats = [
  'ean_13',
  'ean_8',
  'upc_a',
  'upc_e',
  'code_128',
  'code_39',
  'itf',
  'data_matrix',
  'qr_code',
] as const

export interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}

interface Native {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The browser's own where it reads all that is needed, else the ponyfill with our copy of its WebAssembly. */
export async function makeDetector(): Promise<Detector> {
  const own = (globalThis as { BarcodeDetector?: Native }).BarcodeDetector
  if (own !== undefined) {
    const supported = await own.getSupportedFormats().catch((): readonly string[] => [])
    if (formats.every((format) => supported.includes(format))) return new own({ formats })
  }
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill')
  // Its default fetches the file from a server of others.
  prepareZXingModule({ overrides: { locateFile: () => wasm } })
  const Ponyfill: unknown = BarcodeDetector
  return new (Ponyfill as Native)({ formats })
}

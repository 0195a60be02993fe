/** Crimson, the demo company: made through the public operations, and the first scenario test. */
export { type DemoOptions, type LoadedDemo, loadDemo } from './load-demo.ts'
export { routes } from './routes.ts'

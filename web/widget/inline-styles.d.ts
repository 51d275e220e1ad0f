/** Vite gives a style sheet as text when it is asked for so. */
declare module '*.css?inline' {
  const styles: string;
  export default styles;
}

/** Bundled into `page.css`. */
declare module '*.css';

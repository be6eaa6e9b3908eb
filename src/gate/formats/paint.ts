export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Gives a text a color, where whatever shows it has colors. */
export type Paint = (style: Style, text: string) => string;

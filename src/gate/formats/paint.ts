export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Colors a text if the output supports colors. */
export type Paint = (style: Style, text: string) => string;

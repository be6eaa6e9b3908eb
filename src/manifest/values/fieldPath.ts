/** A step into a manifest: the name of a field, the number of an item, or the key of a map such as labels. */
type PathStep = { readonly child: string } | { readonly index: number } | { readonly key: string };

/**
 * Path in a manifest, in Kubernetes' notation: `spec.containers[0].resources.limits[cpu]`.
 *
 * Source: apimachinery field/path.go.
 */
export class FieldPath {
  /** The document itself. */
  static readonly ROOT = new FieldPath([]);

  private constructor(private readonly steps: readonly PathStep[]) {}

  static of(...names: readonly string[]): FieldPath {
    return new FieldPath(names.map((child) => ({ child })));
  }

  child(...names: readonly string[]): FieldPath {
    return new FieldPath([...this.steps, ...names.map((child) => ({ child }))]);
  }

  index(index: number): FieldPath {
    return new FieldPath([...this.steps, { index }]);
  }

  key(key: string): FieldPath {
    return new FieldPath([...this.steps, { key }]);
  }

  /** Returns a path that continues this one by the steps of `path`. */
  join(path: FieldPath): FieldPath {
    return new FieldPath([...this.steps, ...path.steps]);
  }

  get parent(): FieldPath {
    return new FieldPath(this.steps.slice(0, -1));
  }

  /** The names and numbers to follow from the document's root. */
  get segments(): readonly (string | number)[] {
    return this.steps.map((step) => ('child' in step ? step.child : 'key' in step ? step.key : step.index));
  }

  toString(): string {
    const text = this.steps.map((step) =>
      'child' in step ? `.${step.child}` : `[${'key' in step ? step.key : step.index}]`,
    );
    return text.join('').replace(/^\./, '');
  }
}

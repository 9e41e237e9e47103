// Package mark is the field for a mark from 0 to its maximum: typed, stepped with the arrow keys, set by a slide
// or by a word, and checked at each key. It knows no rubric: the words and the steps come from its Spec.
package mark

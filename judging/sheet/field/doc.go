// Package field says what the head of a column means, by the spellings in package assets/headers.
//
// It promises a meaning with how sure it is, or none: a head of several meanings is never sure. It does not look at the
// values below a head, nor at its neighbours.
package field

// Package keys is what all widgets agree on about the keyboard and the pointer: where the cursor goes, who gets a
// key that a widget has no use for, and how quick two taps are one.
package keys

// Package ask is the dialog of a kit.Question: text, form, one act and the ways to where a cause is seen to. It
// stays, with everything typed into it, until its act succeeded or it was given up.
package ask

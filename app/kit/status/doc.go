// Package status shows how things stand and changes nothing: numbers on cards and tiles, words in chips, how far
// something is, a notice at the foot of the page, what to do where there is nothing yet, and the stages of the
// rail. A state always has a word or a shape as well as a colour.
package status

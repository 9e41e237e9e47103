// Package player plays a sound or a film where a judge scores it: a picture, a line to press for another place, the
// loudness, and keys for all of it. It stops when it is closed, and nothing that it started outlives that.
//
// What this computer can't play is said, with the program that is missing and the ways that are left.
package player

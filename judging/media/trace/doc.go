// Package trace names what files say of their makers, and carries one copy of a file that goes without it.
//
// It promises that a copy reads no byte outside the file, writes only what it was given, and notes what was left out
// and what stays. What a trace is in each format is not known here: the packages below judging/media/scrub know it.
package trace

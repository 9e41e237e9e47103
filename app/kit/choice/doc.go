// Package choice lets people choose out of a few things they can see: one (Segments, Select) or several (Picks).
// Segments and Picks call back only when a person chooses, not when the program does.
package choice

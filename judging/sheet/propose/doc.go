// Package propose finds what a list of works says outside the cells of its rows: the unit in a title, a line below the
// table, the name of a sheet, a file or a folder; the group that a grade or the name of a school speaks of.
//
// It promises: words count only as whole words (中小学生 is neither 小学组 nor 中学组), where two values could be meant there
// is none, and everything found is a Proposal with its reason, its rows and its state, which a person can change for
// all its rows at once. It reads no files and decides nothing about works: package table asks it for each row.
package propose

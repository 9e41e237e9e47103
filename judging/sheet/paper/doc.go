// Package paper writes what an office hands out as workbooks: score sheets, award and return lists, and statistics.
//
// It promises: equal nouns give equal bytes; text stays text, whatever it looks like, and never becomes a formula;
// what is to be printed fits its page. Score sheets carry an identity by which package table knows them again.
//
// It will not decide, compute places or read a clock: what it prints is given to it.
package paper

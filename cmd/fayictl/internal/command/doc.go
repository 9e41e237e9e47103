// Package command is the frame of the program's commands: how one is declared, how it is found, checked, helped with
// and completed, and how its answer is printed.
//
// A command is a Declaration: a function that names its words, arguments, example and flags on a Command, and returns
// a Handler. All that is known of a command is made from that: help in two languages, completion, the manual pages and
// the documents. The sentence about it is the text "command." and its words, that of a flag is named with the flag.
//
// A Handler gets a Call and returns a Result or an error; it has no means to print either. Only Run does: the document
// as JSON or the words for people on the one stream, the error, in the same form, on the other. The exit code follows
// from the code of the error: see ExitCode.
//
// Commands that work on a contest are made by OnContest, which opens and closes it; those that a gate guards stand
// Behind it.
package command

// Package tries counts wrong tries of passwords apart from what they open, in the user's own folder: whoever puts an
// older file back, or takes another copy of the same one, does not begin to count again. Each wrong try doubles the
// wait before the next, from one second to five minutes.
//
// A try is counted before it is made, under a lock that holds between programs: however many guess at once, no more of
// them are answered than may try one after the other, and pulling the plug saves no wait. A running program measures
// the waits by the time that passed; after a restart the computer's clock counts, and one that was set back makes the
// wait begin once more, not longer.
//
// It keeps numbers and times, no name and nothing that was typed. It is no protection from the person whose account it
// is: who may write in the folder can remove the count. A folder that can't be written counts for as long as the
// program runs.
package tries

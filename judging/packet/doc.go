// Package packet takes a judge's part of a contest to another computer and back: a sealed file out, a signed and sealed file back.
//
// A packet holds blind works, their media, rubrics, what the judge said before, and a key made for it alone. It is two files of the age format behind
// one line of plain text: the list, sealed to the judge's passphrase, and the media, sealed to a key within the list. Opened, it is a maker of
// judging.Ballots over a folder of its own; what the judge says is kept in a journal that is sealed by a key of the list and synced to the disk before
// Save returns. A reply holds all that was said in the packet, signed by the packet's key and sealed to the contest's.
//
// It promises that a file changed or cut anywhere is refused, that no name within a file ever becomes a path, that sizes are bounded before anything
// is believed, and that order is told by numbers, never by clocks. It will not decide whether a reply belongs to a contest, nor merge it: office does.
package packet

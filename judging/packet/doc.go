// Package packet takes a judge's part of a contest to another computer and back: a sealed file out, a signed and
// sealed file back.
//
// A packet holds blind works, their media, rubrics, earlier scores, and a key of its own. It is two files of the
// age format behind one line of plain text: the list, sealed to the judge's passphrase, and the media, sealed to a
// key within the list. An open packet implements judging.Ballots over a folder of its own. What the judge enters is
// written to a journal, sealed by a key from the list and synced to the disk before Save returns. A reply holds
// everything entered in the packet, signed by the packet's key and sealed to the contest's.
//
// It promises that a file changed or cut anywhere is refused, that no name within a file ever becomes a path, that
// sizes are bounded before any content is trusted, and that order follows from numbers, never from clocks. It does
// not decide whether a reply belongs to a contest and does not merge it; office does.
package packet

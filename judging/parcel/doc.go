// Package parcel makes the page by which a unit packs its works, and reads what it packed.
//
// It promises: the page is one file that needs no network and holds the contest's public rules alone. What is read is
// whole or refused: every part is there, every file has the size and the sum that the parcel says, none is named
// twice, and the parcel was made for this contest. A file that a parcel does not name is not part of it.
//
// It will not look into works, nor keep anything: package intake does. What the works' fields hold is what the unit
// typed, to be checked against the rules of today.
package parcel

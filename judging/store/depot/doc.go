// Package depot keeps the files of works where all computers that share a contest reach them: in an object store or in
// a shared folder (Engine).
//
// The folder of each computer stays what is worked with. What is put there is sealed and stored in the engine before
// the record that refers to it is written; what is missing there is fetched, checked and kept. An engine that is away
// stops nothing that is here: what it could not take is on a list on the disk, and is sent later; what is missing is
// asked for again. A file that the engine does not have, or not as it was written, is asked for: every computer that
// has it sends it again.
//
// Who keeps the engine learns neither name nor content nor sum of a file: objects are named by a keyed sum and sealed
// under the key of the contest's log, each bound to its name. They see how many there are, and how long each is.
//
// What nobody refers to any more is removed when somebody sweeps (Survey), and never by itself. A file stays that a
// record of the contest, a copy of it on any of the computers, or a computer that is about to write a record refers to:
// each says so in the engine (Publish, and a claim on an object that it finds there), and what is young stays anyway.
// How old something is the engine's clock says, nobody else's.
//
// Errors: Unavailable, "depot.away", "depot.slow", "depot.full", "depot.no_bucket"; Forbidden, "depot.refused";
// NotFound, "depot.no_file"; Corrupt, "depot.altered"; Invalid, "depot.address".
package depot

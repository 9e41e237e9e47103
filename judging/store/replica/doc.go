// Package replica lets several programs work on one contest. Each keeps the whole contest in a store of its own, its
// copy, and all agree on one ordered log of what was written.
//
// A View reads the copy and asks nobody. An Update runs on the copy, and what it wrote is appended to the log at the
// position after the last that the copy has. If another program was first there, the copy catches up, and the Update
// runs again. So all that was appended was decided on a state that held all before it: the Updates of all programs are
// one sequence. An Update that returns nil is in the log, and on the disk of whoever keeps the log; the copy is then
// only what can be made again from it.
//
// Programs that write all the time take turns: who found its position taken lays a wish, while wishes stand only the
// oldest comes in (Turns), and what the others wrote comes with the answer. Who has the contest open says so in notes
// next to the log (Present), which end by themselves; they stand in no journal.
//
// Entries are compressed and sealed under the key of the log (Key): who keeps the log learns when somebody wrote, and
// how much. Each holds the sum of the one before. A copy whose position and sum are not those of the log has another
// history; it refuses to write, and is thrown away and made again, never merged.
//
// A log that is away (Unavailable) stops writing, not reading. Whether the last entry of a program that was cut off
// stands in the log is found by its identity, a random number, once the log can be asked again.
package replica

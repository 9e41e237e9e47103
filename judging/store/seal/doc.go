// Package seal keeps the values and the names of a store from who has its file but no key.
//
// A store is sealed by a random contest key (Key). The key itself lies in the store twice, wrapped by what the
// organiser types (Lock): a password, and a recovery code that is printed once. What is typed becomes a key by
// argon2id, whose costs are kept with it, so that each wrong try costs about a second.
//
// Values are sealed by AES-256-GCM under a random nonce and bound to their place. Names keep their order where they
// are numbers of the program's own (w000016, r01/w000016/j003), because lists are read in that order; every other part
// of a name is replaced by a cipher that is the same for the same part at the same place, so that it can be looked up,
// and padded, so that its length says little. Who has the file alone learns how many records each table has, their
// numbers and their lengths, and which of them share a value of an index; no name, no score, no phrase, no key.
//
// It promises nothing against who reads the memory of a running program, or types at a computer on which the contest is
// open. Old copies of a file keep opening with the password they were made under: a password that became known is cured
// by taking it away and setting another, which draws a new contest key, and by removing the old copies.
//
// Errors: Forbidden for what does not open, Invalid for a password too short, Corrupt for a lock that is not whole.
package seal

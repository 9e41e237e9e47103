// Package award decides, from scores and rules alone: official scores and places, the tie chain, quotas, caps,
// rulings by people, who goes on to the next round, and the prizes of units and teachers.
//
// Everything in it is pure: the same rules, tallies and rulings give the same awards, on any machine. It never
// reads the store, the clock or chance; package office hands it what it read and keeps what it decided.
package award

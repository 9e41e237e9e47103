// Package scoring declares the commands by which scores come in, from sheets, packets and typed totals, and the
// commands that watch over a round.
package scoring

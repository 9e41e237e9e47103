// Package results declares the commands that say what the scores come to and how judges scored.
package results

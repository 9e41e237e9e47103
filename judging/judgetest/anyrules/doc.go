// Package anyrules holds no code: its tests draw rules at random, all that rules can say together, run a contest by
// them, and compare places, awards, explanations and exported formulas with a plain model that shares no code with the
// program.
package anyrules

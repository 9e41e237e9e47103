// Package terms is what rules ask of judges and of their scores, apart from any contest: how scores become one, how
// ties are parted, between which limits a mark lies, when a comment is compulsory, what vetoes a work, and what
// entrants learn of their scores.
package terms

// Fault is what makes a term impossible: the key of a text and its arguments.
type Fault struct {
	Text string
	Args map[string]any
}

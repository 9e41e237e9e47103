package journal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
)

// Mark is a moment of a journal: how many entries there were, and the hash of the last one or its first signs. Papers
// print eight signs, which somebody can meet by trying some billion entries; files carry all.
type Mark struct {
	Position int
	Hash     string
}

// shortest is how many signs of a hash a mark has at least.
const shortest = 8

// MarkOf is the moment that a transaction sees, with the whole hash; zero for an empty journal.
func MarkOf(tx store.Tx) (Mark, error) {
	n, err := Last(tx, "journal")
	if err != nil || n == 0 {
		return Mark{}, err
	}
	e, err := Entries.Get(tx, entryID(n))
	return Mark{n, e.Hash}, err
}

// copied makes one of what people type who copy a mark from a paper: other hyphens, and the letters that look
// like digits and are no signs of a hash.
var copied = strings.NewReplacer("—", "-", "–", "-", "−", "-", "o", "0", "l", "1", "i", "1")

// ParseMark reads a mark as it is printed: "128-3fa9c01b", also where it is copied with slips that can mean one thing
// only.
func ParseMark(text string) (Mark, bool) {
	at, hash, _ := strings.Cut(copied.Replace(judging.Fold(text)), "-")
	n, err := strconv.Atoi(at)
	ok := err == nil && n > 0 && len(hash) >= shortest && strings.Trim(hash, "0123456789abcdef") == ""
	return Mark{n, hash}, ok
}

// String is the mark as it is printed; "" for that of an empty journal.
func (m Mark) String() string {
	if m.Position == 0 {
		return ""
	}
	return fmt.Sprintf("%d-%s", m.Position, m.Hash)
}

// Short is the mark with as many signs as papers have.
func (m Mark) Short() string {
	m.Hash = m.Hash[:min(shortest, len(m.Hash))]
	return m.String()
}

// Relation is how a journal stands to a mark.
type Relation string

// The relations.
const (
	Continues Relation = "continues" // it goes on from there
	Ends      Relation = "ends"      // it ends before: it is older than the mark, or its end was cut off
	Differs   Relation = "differs"   // it says something else at that place
)

// Relation tells how the journal stands to m. Whether its entries follow one another is not looked at.
func (m Mark) Relation(tx store.Tx) (Relation, error) {
	e, err := Entries.Get(tx, entryID(m.Position))
	switch {
	case errors.Is(err, judging.ErrNotFound):
		return Ends, nil
	case err != nil:
		return "", err
	case strings.HasPrefix(e.Hash, m.Hash):
		return Continues, nil
	}
	return Differs, nil
}

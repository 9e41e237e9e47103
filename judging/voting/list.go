package voting

import "fayi/judging/terms"

// Said is what a judge says of one work.
type Said struct {
	List  string  // the works that are placed together
	Mark  float64 // For, Unsure or Against; of a work that nothing is said of, any
	Given bool    // it is said
	Apart bool    // the judge does not speak of it at all: recused, abstained, or a trial
}

// Count is how a judge stands in one list.
type Count struct {
	List  string
	Works int // that the judge may speak of
	Given int // votes
	Most  int // votes that may be given
	Least int // votes that must be given
}

// Left is how many votes may still be given; below 0 where there are too many.
func (c Count) Left() int { return c.Most - c.Given }

// Counts tells how a judge stands in each list, in the order in which all names them; none where nothing is counted.
func (r Rule) Counts(all []Said) (out []Count) {
	if r.Kind != Votes {
		return nil
	}
	at := map[string]int{}
	for _, s := range all {
		i, known := at[s.List]
		if !known {
			i = len(out)
			at[s.List], out = i, append(out, Count{List: s.List})
		}
		c := &out[i]
		switch {
		case s.Apart:
			continue
		case s.Given && s.Mark == For:
			c.Given++
		}
		c.Works++
		if c.Most = min(r.Votes, c.Works); r.Exactly {
			c.Least = c.Most
		}
	}
	return out
}

// Broken says what a judge's list, all of it said, does that its rule does not allow; nil for nothing.
func Broken(all []Count) *terms.Fault {
	for _, c := range all {
		key := ""
		switch {
		case c.Left() < 0:
			key = "voting.too_many"
		case c.Given < c.Least:
			key = "voting.too_few"
		default:
			continue
		}
		return &terms.Fault{Text: key, Args: map[string]any{
			"List": c.List, "Given": c.Given, "Most": c.Most, "Over": -c.Left(), "Left": c.Left(),
		}}
	}
	return nil
}

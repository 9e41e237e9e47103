package stats

import "fayi/judging"

// Advice says whether correcting is warranted. Text is a catalogue key with its Args.
type Advice struct {
	Correct bool
	Text    string
	Args    judging.Args
}

// leastLoad is the number of scores from which a judge's severity is worth estimating.
const leastLoad = 5

// Advise looks at the layout of t, not at the scores: what judges are like can be parted from what works are worth
// where each gave enough scores. Where the same panel scored all, severity does not matter, but how far a judge
// spreads works and how steady they are does, if there are more than two to find the odd one among. Where judges fall
// into pieces without a work in common, each piece is corrected within itself, and pieces are compared by their means.
// Errors are those of Check.
func Advise(t Table) (Advice, error) {
	if err := t.Check(); err != nil {
		return Advice{}, err
	}
	d := newData(t)
	works, judges := scored(d.pieces.Work), scored(d.pieces.Judge)
	switch {
	case judges < 2 || works < 2:
		return Advice{
			Text: "stats.advice_nothing_to_compare",
			Args: judging.Args{"Works": works, "Judges": judges},
		}, nil
	case len(d.Scores) == works*judges && (judges == 2 || len(d.Scores) < leastLoad*judges):
		return Advice{Text: "stats.advice_same_few", Args: judging.Args{"Judges": judges}}, nil
	case d.freedom() < judges || len(d.Scores) < leastLoad*judges:
		return Advice{
			Text: "stats.advice_too_few",
			Args: judging.Args{"Scores": len(d.Scores), "Judges": judges, "Needed": leastLoad},
		}, nil
	case d.pieces.Count > 1:
		return Advice{
			Correct: true,
			Text:    "stats.advice_disconnected",
			Args:    judging.Args{"Count": d.pieces.Count},
		}, nil
	case len(d.Scores) == works*judges:
		return Advice{Correct: true, Text: "stats.advice_same_panel", Args: judging.Args{"Judges": judges}}, nil
	}
	return Advice{
		Correct: true,
		Text:    "stats.advice_correct",
		Args:    judging.Args{"Works": works, "Judges": judges},
	}, nil
}

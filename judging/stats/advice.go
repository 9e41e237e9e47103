package stats

import "fayi/judging"

// Advice says whether correcting for severity is warranted. Text is a catalogue key with its Args.
type Advice struct {
	Correct bool
	Text    string
	Args    judging.Args
}

// leastLoad is the number of scores from which a judge's severity is worth estimating.
const leastLoad = 5

// Advise looks at the layout of t, not at the scores: severity can be separated from quality, and matters, where
// panels differ from work to work, are connected and gave enough scores. Errors are those of Check.
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
	case len(d.Scores) == works*judges:
		return Advice{Text: "stats.advice_same_panel", Args: judging.Args{"Judges": judges}}, nil
	case d.pieces.Count > 1:
		return Advice{Text: "stats.advice_disconnected", Args: judging.Args{"Count": d.pieces.Count}}, nil
	case d.freedom() < judges || len(d.Scores) < leastLoad*judges:
		return Advice{
			Text: "stats.advice_too_few",
			Args: judging.Args{"Scores": len(d.Scores), "Judges": judges, "Needed": leastLoad},
		}, nil
	}
	return Advice{
		Correct: true,
		Text:    "stats.advice_correct",
		Args:    judging.Args{"Works": works, "Judges": judges},
	}, nil
}

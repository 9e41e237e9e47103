package compared

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// tale is what a comparison says of one work, as the arguments of the text analysis.say_compared.
func (o *Order) tale(tx store.Tx, work judging.WorkID) (judging.Args, bool, error) {
	at := slices.Index(o.WorkIDs, work)
	if at < 0 || o.Fit.Works[at].N == 0 {
		return nil, false, nil
	}
	judges := 0
	for _, j := range o.Fit.Judges {
		if j.N > 0 {
			judges++
		}
	}
	held, err := Holding(tx, o.Comparison)
	state := "running"
	if len(held) > 0 {
		state = "settled"
	}
	return judging.Args{
		"Count": len(o.WorkIDs), "Judges": judges, "Answers": len(o.Counted), "Place": o.Fit.Works[at].Place,
		"Places": o.Places, "Award": o.Award, "State": state, "Sure": o.Sure(), "Why": o.Why,
	}, true, err
}

// Tales lists what comparisons of a round, those that were given up left out, say of a work: the arguments of the text
// analysis.say_compared for each in which it has an answer that counts.
func Tales(
	ctx context.Context, r *records.Reading, round judging.Round, work judging.WorkID,
) (out []judging.Args, err error) {
	all, err := Comparisons.List(r.Tx, "")
	for _, c := range all {
		if c.Round != round || c.Dropped != "" || !slices.Contains(c.Works, work) {
			continue
		}
		o, err := Of(ctx, r, c)
		if err != nil {
			return nil, err
		}
		args, spoken, err := o.tale(r.Tx, work)
		if err != nil {
			return nil, err
		}
		if spoken {
			out = append(out, args)
		}
	}
	return out, err
}

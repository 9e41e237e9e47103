package comparisons

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/results"
)

// Remarks says whether it is enough, whose side of the line is open, and what else is to be known, in the order in
// which it matters.
func (s Status) Remarks() (out []results.Remark) {
	say := func(key string, args judging.Args) { out = append(out, results.Remark{Text: key, Args: args}) }
	above, open := s.codes(func(w Standing) bool { return w.Within }),
		s.codes(func(w Standing) bool { return w.N > 0 && w.Chance > .1 && w.Chance < .9 })
	doubt := judging.Args{"Award": s.Award, "Codes": above, "Open": open, "Same": open == above}
	args := judging.Args{"Award": s.Award, "Places": s.Places, "Codes": above}
	switch {
	case s.State == Dropped:
		say("compare.why_dropped", judging.Args{"Reason": s.Dropped})
	case s.State == Settled:
		say("compare.why_settled", args)
	case s.State == Past:
		say("compare.is_past", nil)
	case s.Answers == 0:
		say("compare.unasked", nil)
	case s.Sure:
		say("compare.sure", args)
	case s.Parted && s.More:
		say("compare.leads", doubt)
	case s.Parted:
		say("compare.asked_out", doubt)
	case s.More:
		say("compare.not_parted_yet", nil)
	default:
		say("compare.asked_out_even", nil)
	}
	if s.State == Running && s.Why == compared.ForDoubt {
		say("compare.only_report", nil)
	}
	if s.State == Running && !s.Sure {
		for _, j := range s.Panel {
			if j.Judge == s.Turn {
				say("compare.turn", judging.Args{"Name": j.Name, "N": j.N})
			}
		}
	}
	if s.Answers > 0 {
		say("compare.agreement", s.agreement())
	}
	if s.Barred > 0 {
		say("compare.barred", judging.Args{"Count": s.Barred})
	}
	if len(s.Left) > 0 {
		say("compare.left", judging.Args{"Count": len(s.Left)})
	}
	if s.Back > 0 {
		say("compare.back", judging.Args{"Count": s.Back})
	}
	return out
}

// agreement is how far the judges agree with each other, and each with the order and with themselves.
func (s Status) agreement() judging.Args {
	var with, circles []string
	for _, j := range s.Panel {
		if j.Sided > 0 {
			with = append(with, fmt.Sprintf("%s %d/%d", j.Name, j.With, j.Sided))
		}
		if j.Circles > 0 {
			circles = append(circles, fmt.Sprintf("%s %d/%d", j.Name, j.Circles, j.Triples))
		}
	}
	return judging.Args{
		"Shared": s.Agree.Shared, "Same": s.Agree.Same, "With": strings.Join(with, "、"),
		"Circles": strings.Join(circles, "、"),
	}
}

// codes lists works by their codes, best first.
func (s Status) codes(which func(Standing) bool) string { return codes(s.Order, which) }

// Codes lists the winners by their codes, best first.
func (s Settlement) Codes() string { return codes(s.Winners, func(Standing) bool { return true }) }

func codes(all []Standing, which func(Standing) bool) string {
	var out []string
	for _, w := range all {
		if which(w) {
			out = append(out, string(w.Code))
		}
	}
	return strings.Join(out, "、")
}

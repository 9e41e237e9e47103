package collect

import (
	"strings"

	"fayi/judging"
)

// Asked says in plain words what is asked of the files of a category.
func (k *Kit) Asked(c judging.Category) string {
	if c.Requires == nil {
		return k.Words("call.asked_nothing", nil)
	}
	r := *c.Requires
	var parts []string
	say := func(key string, args judging.Args) { parts = append(parts, k.Words("call.asked_"+key, args)) }
	if len(r.Kinds) > 0 {
		var kinds []string
		for _, kind := range r.Kinds {
			kinds = append(kinds, k.Words("call.kind_"+kind, nil))
		}
		say("kinds", judging.Args{"Kinds": strings.Join(kinds, k.Words("call.or", nil))})
	}
	if len(r.Formats) > 0 {
		say("formats", judging.Args{"Formats": strings.ToUpper(strings.Join(r.Formats, " "))})
	}
	for _, s := range []struct {
		key       string
		low, high float64
	}{
		{"files", float64(r.MinFiles), float64(r.MaxFiles)}, {"mb", r.MinMB, r.MaxMB},
		{"long", float64(r.MinLong), float64(r.MaxLong)}, {"short", float64(r.MinShort), 0},
		{"seconds", r.MinSeconds, r.MaxSeconds}, {"words", float64(r.MinWords), float64(r.MaxWords)},
	} {
		args := judging.Args{"Low": number(s.low), "High": number(s.high)}
		switch {
		case s.low > 0 && s.high > 0:
			say(s.key, judging.Args{"Span": k.Words("call.between", args)})
		case s.low > 0:
			say(s.key, judging.Args{"Span": k.Words("call.at_least", args)})
		case s.high > 0:
			say(s.key, judging.Args{"Span": k.Words("call.at_most", args)})
		}
	}
	if len(parts) == 0 {
		return k.Words("call.asked_nothing", nil)
	}
	return strings.Join(parts, k.Words("call.semicolon", nil)) + k.Words("call.stop", nil)
}
